from . import (
    incident,
    incident_cast,
    incident_exclusion,
    incident_report,
    incident_states,
    incident_screen,
    facts,
    affected_person,
    causer,
    assessment,
    entry,
    evidence,
)
