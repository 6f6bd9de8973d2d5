from . import duty, duty_raising, duty_sweep, duty_of_measure, duty_of_police
