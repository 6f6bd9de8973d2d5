from . import duty, duty_raising, duty_sweep, duty_of_measure, known_causer
