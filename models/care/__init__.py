from . import aftercare, talk
from . import appointment, appointment_telling, agenda_file
from . import lines_to_call
