"""Build the addon as a wheel, and prove that Odoo installs it: ``make wheel[-check]``."""

import os
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

from workbench import databases, paths, venv, workplace
from workbench.say import Failure, run_quietly, say, step

DIST = paths.ROOT / "dist"
FOUND = "import odoo.addons.{0} as addon; print('at', addon.__path__[0])"


def build():
    """Build the wheel and return its file."""
    tools = venv.ensure_venv("tools", ["requirements-tools.txt"])
    shutil.rmtree(DIST, ignore_errors=True)
    with step("Building the wheel"):
        command = [tools.bin / "hatchling", "build", "-t", "wheel"]
        run_quietly(command, "hatchling", cwd=paths.ROOT)
    wheel = next(DIST.glob("*.whl"))
    version = databases.manifest()["version"]
    if wheel.name.split("-")[1] != version:
        raise Failure(f"{wheel.name} is not of the manifest's version {version}")
    return wheel


def check(wheel):
    """Install the wheel where nothing knows the checkout, and install the addon."""
    _check_contents(wheel)
    with workplace.opened() as place, tempfile.TemporaryDirectory() as folder:
        python = _clean_python(place, Path(folder), wheel)
        # No settings file: it names the addons folder with the link to the checkout.
        env = {name: value for name, value in place.env.items() if name != "ODOO_RC"}
        where = run_quietly(
            [python, "-c", FOUND.format(paths.ADDON)], "import", env=env, cwd=folder
        )
        if "site-packages" not in where:
            raise Failure(f"Odoo found another copy of the addon {where}")
        with databases.disposable(place, databases.base(place, demo=False)) as name:
            _install(place, name, python, env, folder)


def _check_contents(wheel):
    inside = f"odoo/addons/{paths.ADDON}/"
    names = zipfile.ZipFile(wheel).namelist()
    wanted = databases.manifest()
    for name in ["__manifest__.py", *wanted.get("data", []), *wanted.get("demo", [])]:
        if inside + name not in names:
            raise Failure(f"{wheel.name} lacks {name}")
    apart = tuple(f"{inside}{folder}/" for folder in ("benchmarks", "dev", "tests"))
    stray = [name for name in names if name.startswith(apart)]
    if stray:
        raise Failure(f"{wheel.name} holds files that are no part of the addon: {stray}")


def _clean_python(place, folder, wheel):
    """Make a venv that borrows Odoo and its packages, and holds the wheel alone."""
    with step("Installing the wheel in a clean Python"):
        run_quietly([place.venv.python, "-m", "venv", folder / "venv"], "venv")
        clean = venv.Venv(folder / "venv")
        borrowed = f"{place.odoo.path}\n{place.venv.site_packages}\n"
        (clean.site_packages / "borrowed.pth").write_text(borrowed)
        run_quietly([clean.python, "-m", "pip", "install", "--no-input", wheel], "pip")
    return clean.python


def _install(place, database, python, env, folder):
    with step("Installing the addon from the wheel"):
        options = ["-d", database, "-i", paths.ADDON, "--no-http", "--stop-after-init"]
        command = [python, "-m", "odoo", *options, f"--data-dir={paths.DATA_DIR}"]
        run_quietly(command, "odoo-wheel", env=env, cwd=folder)
        if not databases.is_installed(place, database):
            raise Failure("Odoo did not install the addon from the wheel")


def main():
    wheel = build()
    if "--check" in sys.argv[1:]:
        check(wheel)
    say(f"  {os.path.relpath(wheel)}")


if __name__ == "__main__":
    sys.exit(workplace.main(main))
