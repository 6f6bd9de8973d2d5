"""Upgrade the demo database to the addon as it is now: ``make update``."""

import sys

from workbench import demo, workplace


def main():
    with workplace.opened() as place:
        demo.ensure(place, upgrade=True)


if __name__ == "__main__":
    sys.exit(workplace.main(main))
