from . import duty, duty_raising, duty_sweep, duty_of_measure, duty_moving
from . import duty_of_care, duty_reopened
from . import urgency, own_tasks, digest, ir_http
from . import duty_of_police
from . import known_causer
