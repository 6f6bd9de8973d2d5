from . import appointment, card, file
