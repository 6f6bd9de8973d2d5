"""The protocol's reasoning in plain Python: no database, no user, no clock of its own.

Everything here is a pure function of its arguments, so that a rule can be read beside the
clause it carries out, and be tested with thousands of made-up cases.
"""

from . import (
    bounds,
    due,
    likeness,
    money,
    column_chart,
    ladder,
    norm,
    objection,
    quiet,
    retention,
    suppression,
    terms,
    working_days,
)
