from . import appointment, card, file, risk_talk
from . import portal, portal_report, portal_cases, portal_consultation, portal_form
from . import (
    portal_care,
    portal_care_beside,
    portal_declaration,
    portal_damage,
    portal_help,
    portal_steps,
)
from . import figures
from . import gir
