"""What each compartment adds to the complete case; every file here is found by itself.

A file may have

- ``SCREENS``: {screen: (who has it open, the screen it is a line of)}, as in ``screens.py``;
- ``STEPS``: {model: {step: columns of access.csv that get past the door}}, as in ``case_steps.py``;
- ``screen_values(test, incident)``: {screen: what is filled in};
- ``tell(test, incident, mayor)``: what happens on each of the two cases after it was handled;
- ``tell_later(test, incident)``: what happens once everybody hit has declared;
- ``APART``: {row of access.csv: how to find its records of a case}, where these do not name it;
- ``AT_LARGE``: {screen: why it is about no case}.
"""

from importlib import import_module
from pkgutil import iter_modules

PARTS = [import_module(f"{__name__}.{part.name}") for part in iter_modules(__path__)]


def merged(name):
    """Return the dicts called ``name`` of all parts as one; what is in two of them is joined."""
    whole = {}
    for part in PARTS:
        for key, value in getattr(part, name, {}).items():
            whole[key] = {**whole[key], **value} if key in whole else value
    return whole


def each(name):
    """Return the functions called ``name`` of the parts that have one."""
    return [getattr(part, name) for part in PARTS if hasattr(part, name)]
