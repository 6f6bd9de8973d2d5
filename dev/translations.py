"""Export the terms of the addon and bring the Dutch up to date: ``make translations``.

``make translations ARGS=words.json`` also takes Dutch from files of {English: Dutch}.
"""

import sys

from workbench import databases, paths, workplace
from workbench.say import step

MERGE = paths.DEV / "merge_catalogue.py"


def main():
    with workplace.opened() as place:
        template = databases.test_template(place)
        with (
            databases.disposable(place, template) as name,
            step("Exporting the terms") as at,
        ):
            place.run_odoo(at, "i18n", "export", "-d", name, paths.ADDON)
        command = [place.venv.python, MERGE, *sys.argv[1:]]
        return workplace.foreground(command, cwd=paths.ROOT)


if __name__ == "__main__":
    sys.exit(workplace.main(main))
