from . import (
    common,
    protocol,
    privacy,
    case,
    decision,
    care,
    police,
    duty,
    succession,
    insight,
    paper,
    admin,
)
