from . import (
    common,
    protocol,
    privacy,
    case,
    decision,
    care,
    duty,
    succession,
    retention,
    insight,
    paper,
)
