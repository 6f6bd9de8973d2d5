"""Take each guard of the addon away in turn; a test has to notice: ``make mutate [ONLY=...]``.

The first run in a state of the source watches which test reaches which guard, and keeps that in
the cache; so is the test that noticed each mutant, which is asked first the next time. ``ONLY`` is
a regular expression on the names of the mutants.
"""

import hashlib
import os
import sys

from workbench import paths, workplace

FOLDER = paths.CACHE / "mutation"
SUFFIXES = {".py", ".xml", ".csv"}
# The browser would be started for each mutant again.
LEFT_OUT = "tests/test_tours.py"


def state():
    """Return a mark that changes with every change of the source, not with one of a test."""
    mark = hashlib.sha256()
    for path in sorted(paths.ROOT.rglob("*.*")):
        name = path.relative_to(paths.ROOT)
        if path.suffix in SUFFIXES and name.parts[0] not in ("tests", "dist", "dev", "docs"):
            mark.update(f"{name}\n".encode() + path.read_bytes())
    return mark.hexdigest()[:12]


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with workplace.opened() as place:
        env = {name: value for name, value in place.env.items() if name != "ODOO_RC"}
        env |= {
            "MUTATION_FOLDER": str(FOLDER),
            "MUTATION_STATE": state(),
            "MUTATION_ONLY": os.environ.get("ONLY", ""),
            "HYPOTHESIS_PROFILE": "mutation",
        }
        options = [
            "-p",
            "mutation.plugin",
            "-qsrN",
            "--tb=no",
            "--no-header",
            f"--ignore={LEFT_OUT}",
        ]
        command = [place.venv.python, "-m", "pytest", *options, *sys.argv[1:]]
        return workplace.foreground(command, cwd=paths.ROOT, env=env)


if __name__ == "__main__":
    sys.exit(workplace.main(main))
