from . import duty, duty_raising, duty_sweep
