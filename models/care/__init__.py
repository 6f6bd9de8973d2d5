from . import (
    aftercare,
    talk,
    extra_talk,
    referral,
    arrangement,
    choosing_carer,
    others,
    declining,
    closing,
    several_reports,
    next_step,
    own_print,
)
from . import appointment, appointment_telling, agenda_file
from . import appointment_print, lines_to_call
