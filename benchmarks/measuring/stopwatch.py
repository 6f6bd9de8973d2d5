"""How long a call takes, and how many queries: as in a worker that is warm, with an empty cache."""

import gc
import time
from dataclasses import dataclass
from statistics import median

REPETITIONS = 20
# What takes longer than so many seconds is asked fewer times; in a short run, still fewer.
SLOW, FEW = 2.0, 7
SLOWER, FEWER = 10.0, 3
SLOW_IN_SHORT, FEW_IN_SHORT = 0.5, 3
VERY_SLOW, ONCE = 30.0, 1
short = False


@dataclass
class Figure:
    """The median of so many repetitions, in milliseconds."""

    ms: float
    queries: int
    repetitions: int


class Lap:
    """The repetitions of one call, taken in turn with others."""

    def __init__(self, env, call, prepare=None):
        self._env = env
        self._call = call
        self._prepare = prepare or (lambda: None)
        self._times, self._queries = [], []
        self.wanted = REPETITIONS

    def warm_up(self):
        """Fill what a worker keeps: access rights, views, compiled playbooks."""
        seconds = self._once()
        if seconds > VERY_SLOW:  # what there was to fill does not show in it
            self.wanted = ONCE
            return
        slow, few = (SLOW_IN_SHORT, FEW_IN_SHORT) if short else (SLOW, FEW)
        if seconds < slow:
            seconds = self._once()
        self.wanted = FEWER if seconds > SLOWER else few if seconds > slow else REPETITIONS
        self._times.clear()
        self._queries.clear()

    def again(self):
        if len(self._times) < self.wanted:
            self._once()

    def figure(self):
        return Figure(median(self._times) * 1000, int(median(self._queries)), len(self._times))

    def _once(self):
        cr = self._env.cr
        self._prepare()
        self._env.invalidate_all()
        gc.collect()
        before, start = cr.sql_log_count, time.perf_counter()
        self._call()
        self._env.flush_all()
        cr.flush()
        seconds = time.perf_counter() - start
        self._times.append(seconds)
        self._queries.append(cr.sql_log_count - before)
        self._undo()
        return seconds

    def _undo(self):
        """Take back what was done; what a commit or a rollback would set off is left out."""
        for hooks in (self._env.cr.precommit, self._env.cr.postcommit, self._env.cr.postrollback):
            hooks.clear()
        self._env.cr.rollback()
        self._env.transaction.clear()


def in_turn(calls):
    """Measure calls in turn, so that what else the machine does hits each of them alike.

    :param calls: {name: (env, call)}, or with what is done before each call, and not timed
    :return: {name: Figure}
    """
    laps = {name: Lap(*call) for name, call in calls.items()}
    for lap in laps.values():
        lap.warm_up()
    gc.collect()
    gc.freeze()  # what a worker holds anyway: no call has to pay for walking through it
    for _round in range(REPETITIONS):
        for lap in laps.values():
            lap.again()
    return {name: lap.figure() for name, lap in laps.items()}
