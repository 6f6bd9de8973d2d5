"""Check the style of the code and the rules of this house: ``make lint``."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from workbench import paths, venv, workplace
from workbench.say import Failure, say

# Read by ``make run``, not by Odoo: OCA's checks would call it unused.
LOGINS = Path("demo/logins.csv")
# One model's code is split over files by subject, to keep each of them readable.
PYLINT_PASSED_OVER = "--disable=consider-merging-classes-inherited"
# It empties what reads the same in both languages ("Incident"), and an empty translation cannot be
# told from a forgotten one.
PO_PASSED_OVER = "--disable=po-pretty-format"
# GitHub shows both kinds of README.
OCA_PASSED_OVER = "--disable=prefer-readme-rst"


def tracked_files():
    """Return what git knows or would add, of what is really there."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    answer = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True)
    if answer.returncode:
        raise Failure(f"git cannot list the files: {answer.stderr.strip()}")
    names = (Path(name) for name in answer.stdout.split("\0") if name)
    return [name for name in names if (paths.ROOT / name).is_file()]


def export(files, folder):
    """Copy the addon to a folder of its own name inside a git tree.

    OCA's checks pass over an addon that is itself the root of the git tree.
    """
    addon = Path(folder) / paths.ADDON
    for name in files:
        if name.parts[0] in ("benchmarks", "dev", "docs") or name == LOGINS:
            continue
        target = addon / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(paths.ROOT / name, target)
    subprocess.run(["git", "init", "-q", folder], check=True)
    return addon


def checks(tools, addon, po_files):
    """Yield each check: its name, its command and the folder to run it in."""
    program = tools.bin
    yield "ruff check", [program / "ruff", "check", "--no-cache", "."], paths.ROOT
    yield "ruff format", [program / "ruff", "format", "--no-cache", "--check", "."], paths.ROOT
    rc = f"--rcfile={addon / '.pylintrc'}"
    yield "pylint-odoo", [program / "pylint", rc, PYLINT_PASSED_OVER, paths.ADDON], addon.parent
    oca = [program / "oca-checks-odoo-module", OCA_PASSED_OVER, paths.ADDON]
    yield "OCA module checks", oca, addon.parent
    if po_files:
        oca_po = [program / "oca-checks-po", PO_PASSED_OVER, *po_files]
        yield "OCA translation checks", oca_po, addon.parent
    yield "rights table", [tools.python, paths.DEV / "rights.py", "--check"], paths.ROOT
    yield "house rules", [tools.python, paths.DEV / "house_rules.py"], paths.ROOT


def main():
    tools = venv.ensure_venv("tools", ["requirements-tools.txt"])
    files = tracked_files()
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        addon = export(files, folder)
        po_files = [str(addon / name) for name in files if name.suffix in (".po", ".pot")]
        for name, command, where in checks(tools, addon, po_files):
            result = subprocess.run(command, cwd=where, capture_output=True, text=True)
            say(f"  {'FAILED' if result.returncode else 'ok    '}  {name}")
            if result.returncode:
                failed.append(name)
                print((result.stdout + result.stderr).strip(), flush=True)
    if failed:
        raise Failure(f"Lint failed: {', '.join(failed)}")


if __name__ == "__main__":
    sys.exit(workplace.main(main))
