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
