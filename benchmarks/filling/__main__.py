"""``python -m filling SIDE DATABASE [CASES]``: make what is copied, or copy it."""

import importlib
import sys

from filling.multiply import connection_to
from odoo_here import opened


def main(side, database, cases=None):
    filler = importlib.import_module(f"filling.{side}")
    with opened(database) as env:
        if cases is None:
            filler.seed(env)
        else:
            filler.multiply(env, connection_to(database), int(cases), print)
        env.cr.commit()


if __name__ == "__main__":
    main(*sys.argv[1:])
