from . import (
    protocol,
    office,
    role,
    role_assignment,
    route,
    behaviour,
    measure_type,
    ladder_step,
    duty_type,
    contact_line,
    playbook,
    new_version,
)
