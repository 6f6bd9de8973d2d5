"""The organisation norm: emotion is allowed, aggression is not (2.1).

Aggression is behaviour directed at the office-holder, meant to harm or to reach a goal. The
direction counts, not the intensity (N2); facts count, not how it was felt (N3); a cause or
somebody's own share in it never makes it less (U4). That is why neither feeling, nor cause, nor
blame is a parameter here.
"""

from typing import NamedTuple

NO_AIM, HARM, GOAL, UNKNOWN_AIM = "none", "harm", "goal", "unknown"
EMOTION, AGGRESSION = "emotion", "aggression"


class Behaviour(NamedTuple):
    """What was seen or heard, as the protocol's catalogue values it.

    ``directed`` and ``harmful`` say that the behaviour is so by its nature: who pushes somebody
    has a direction, and who threatens means harm, whatever else is found.
    """

    key: int
    level: int
    directed: bool = False
    harmful: bool = False


class Judgement(NamedTuple):
    """Outcome, level 0 to 4, the behaviours that cross the norm, and why not, if none does."""

    outcome: str
    level: int
    crossing: tuple
    ground: str


def judge(behaviours, directed, aim):
    """Derive the outcome that the norm attaches to facts (U3, N1, N2).

    :param behaviours: the :class:`Behaviour` rows that were established
    :param bool directed: was it directed at the person
    :param str aim: ``harm``, ``goal``, ``none`` or ``unknown``
    :return: a :class:`Judgement`; its ground is ``crossed``, ``accepted`` (nothing over the
        norm was seen), ``undirected`` or ``aimless``
    """
    over = [behaviour for behaviour in behaviours if behaviour.level > 0]
    at_person = [behaviour for behaviour in over if directed or behaviour.directed]
    aimed = aim in (HARM, GOAL)
    crossing = tuple(behaviour for behaviour in at_person if aimed or behaviour.harmful)
    if crossing:
        return Judgement(AGGRESSION, max(b.level for b in crossing), crossing, "crossed")
    if at_person:
        return Judgement(EMOTION, 0, (), "aimless")
    return Judgement(EMOTION, 0, (), "undirected" if over else "accepted")
