from . import appointment, file
