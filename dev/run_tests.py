"""Run the tests on two cores: ``make test``, or ``make test ARGS="tests/test_x.py -k word"``."""

import os
import sys

from workbench import paths, workplace

WORKERS = "2"
# The tours load the whole web client. They get a process and both cores for themselves.
TOURS = ("tests/test_tours.py", "tests/test_task_tours.py")


def main():
    arguments = sys.argv[1:]
    with workplace.opened() as place:
        runs = [arguments]
        if not _names_few_tests(arguments):
            passed_over = [f"--ignore={tour}" for tour in TOURS]
            shared = ["-n", WORKERS, "--dist", "loadscope", *passed_over, *arguments]
            runs = [shared] if arguments else [TOURS, shared]
        # pytest prepares its database itself; without this it would take Odoo's
        # general settings for the person's own.
        env = {name: value for name, value in place.env.items() if name != "ODOO_RC"}
        env |= _own_configuration()
        codes = [
            workplace.foreground([place.venv.python, "-m", "pytest", *run], cwd=paths.ROOT, env=env)
            for run in runs
        ]
        return max(codes, key=abs)


def _own_configuration():
    return {"ODOO_RC": os.environ["ODOO_RC"]} if "ODOO_RC" in os.environ else {}


def _names_few_tests(arguments):
    """Two workers only pay off on more than one file, or when asked for."""
    files = [argument for argument in arguments if ".py" in argument]
    return len(files) == 1 or any(argument.startswith("-n") for argument in arguments)


if __name__ == "__main__":
    sys.exit(workplace.main(main))
