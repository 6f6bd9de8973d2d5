from . import aftercare, talk
from . import appointment, appointment_telling, agenda_file
from . import appointment_print, lines_to_call
