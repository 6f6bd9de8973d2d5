from . import appointment, card, file, risk_talk
from . import portal, portal_report, portal_cases, portal_consultation
from . import figures, gir
