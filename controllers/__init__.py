from . import appointment, card, file, risk_talk
