from . import (
    incident,
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
