"""The ladder of measures: what the sanction policy proposes at a level and a repeat (U5, A12)."""

from typing import NamedTuple


class Rung(NamedTuple):
    """From which incident on, at which level, which measures are proposed."""

    key: int
    level: int
    from_incident: int


def rung_for(rungs, level, incident_number):
    """Return the rung that fits, or None when the ladder proposes nothing.

    :param rungs: the :class:`Rung` rows of the protocol
    :param int level: 1 to 4
    :param int incident_number: 1 for the first incident of this causer, 2 for the second, ...
    """
    fitting = [
        rung for rung in rungs if rung.level == level and rung.from_incident <= incident_number
    ]
    return max(fitting, key=lambda rung: rung.from_incident, default=None)
