"""Run the tests on two cores: ``make test``, or ``make test ARGS="tests/test_x.py -k word"``."""

import os
import sys

from workbench import paths, workplace

WORKERS = "2"


def main():
    arguments = sys.argv[1:]
    with workplace.opened() as place:
        if not _names_few_tests(arguments):
            arguments = ["-n", WORKERS, "--dist", "loadscope", *arguments]
        # pytest prepares its database itself; without this it would take Odoo's
        # general settings for the person's own.
        env = {name: value for name, value in place.env.items() if name != "ODOO_RC"}
        command = [place.venv.python, "-m", "pytest", *arguments]
        return workplace.foreground(command, cwd=paths.ROOT, env=env | _own_configuration())


def _own_configuration():
    return {"ODOO_RC": os.environ["ODOO_RC"]} if "ODOO_RC" in os.environ else {}


def _names_few_tests(arguments):
    """Two workers only pay off on more than one file, or when asked for."""
    files = [argument for argument in arguments if ".py" in argument]
    return len(files) == 1 or any(argument.startswith("-n") for argument in arguments)


if __name__ == "__main__":
    sys.exit(workplace.main(main))
