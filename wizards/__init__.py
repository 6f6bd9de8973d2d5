from . import (
    own_wizard,
    report_wizard,
    classification_wizard,
    decision_wizard,
    duty_completion,
    step_note,
    sharing_wizard,
    exclusion_wizard,
    handover_wizard,
    council_feedback_wizard,
    hold_wizard,
    data_subject_wizard,
)
