from . import (
    consent,
    consent_paper,
    declaring,
    declaration,
    complaint,
    joint_decision,
    filing,
    notification,
    police_form,
    protection,
    demand,
    triangle_item,
)
from . import prosecution, prosecution_step, police_request, prosecution_duty, prosecution_told
from . import authority, protection_review, own_print
