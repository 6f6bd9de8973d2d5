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
