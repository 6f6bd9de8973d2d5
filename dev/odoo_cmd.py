"""Run any Odoo command with this checkout: ``make odoo ARGS="shell -d NAME"``."""

import sys

from workbench import workplace


def main():
    with workplace.opened() as place:
        return workplace.foreground(place.command(*sys.argv[1:]), env=place.env)


if __name__ == "__main__":
    sys.exit(workplace.main(main))
