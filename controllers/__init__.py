from . import appointment, card, file, risk_talk
from . import file, portal, portal_report, portal_cases, portal_consultation
from . import file
from . import figures
