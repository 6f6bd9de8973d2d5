"""Columns of access.csv that a step is often open to."""

EVERYBODY_ON_IT = {
    *("hit", "second", "reporter", "clerk", "handler", "mayor", "carer", "mayor_hit"),
    *("colleague", "stand_in"),
}
HANDLERS = {"clerk", "handler", "colleague", "stand_in"}
