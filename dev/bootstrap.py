"""Install everything the other commands need, and say where it is."""

import sys

from workbench import demo, paths, workplace
from workbench.say import say


def main():
    with workplace.opened() as place:
        say(f"  Odoo:      {place.odoo.path}")
        say(f"  Python:    {place.venv.python}")
        say(f"  settings:  {place.conf}")
        say(f"  demo:      {demo.NAME}")
        say(f"  cache:     {paths.CACHE}")


if __name__ == "__main__":
    sys.exit(workplace.main(main))
