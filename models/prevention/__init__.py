from . import (
    settings,
    risk_talk,
    risk_talk_passing,
    kind,
    activity,
    activity_sweep,
    asked_training,
    lesson,
    notice,
)
