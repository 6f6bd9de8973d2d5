"""Virtual environments in the cache, one per set of requirements."""

import hashlib
import shutil
import sys
import time
import tomllib
from pathlib import Path

from workbench import debian, locks
from workbench.paths import CACHE, DEV, ROOT
from workbench.say import run_quietly, step

WEEK = 7 * 24 * 3600


class Venv:
    """A virtual environment at ``path``."""

    def __init__(self, path):
        self.path = path
        self.bin = path / "bin"
        self.python = self.bin / "python"

    @property
    def site_packages(self):
        return next(self.path.glob("lib/python3*/site-packages"))


def addon_requirements():
    """Return what the addon itself needs, as its wheel declares it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["dependencies"]


def ensure_venv(name, files, extra=(), on_path=None, alone=()):
    """Return a venv with these requirement files, making it when something changed.

    What stands in the files ``alone`` is installed without what it needs itself.

    The digest in the folder's name says what is inside; ``name`` alone is a link to
    the newest one, for people. A venv cannot be renamed when done (its scripts hold
    its path), hence a mark inside that it is whole.
    """
    key = hashlib.sha256()
    for part in [sys.version, sys.base_prefix, on_path or "", *extra]:
        key.update(f"{part}\n".encode())
    sources = [DEV / file for file in (*files, "constraints.txt")]
    lonely = [DEV / file for file in alone]
    for source in (*sources, *lonely):
        key.update(source.read_bytes())
    path = CACHE / f"{name}-{key.hexdigest()[:8]}"
    whole = path / "whole"
    if not whole.exists():
        with locks.exclusive(path.name):
            if not whole.exists():
                _make(path, sources, extra, on_path, lonely)
    whole.touch()
    _point(CACHE / name, path)
    return Venv(path)


def _base_python():
    """The interpreter behind this one: pytest, in a venv, may ask for another venv."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _drop_unused(name):
    """Remove venvs of this name that nobody used for a week."""
    for mark in CACHE.glob(f"{name}-*/whole"):
        if time.time() - mark.stat().st_mtime > WEEK:
            shutil.rmtree(mark.parent, ignore_errors=True)


def _make(path, sources, extra, on_path, lonely):
    debian.ensure_venv()
    _drop_unused(path.name.rpartition("-")[0])
    shutil.rmtree(path, ignore_errors=True)
    with step(f"Installing Python packages ({path.name})") as progress:
        run_quietly([_base_python(), "-m", "venv", path], "venv")
        venv = Venv(path)
        if on_path:
            (venv.site_packages / "odoo-source.pth").write_text(f"{on_path}\n")
        *files, constraints = sources
        install = [venv.python, "-m", "pip", "install", "--no-input", "-c", constraints]
        command = [*install]
        for file in files:
            command += ["-r", file]

        def show(line):
            if line.startswith("Collecting "):
                progress.detail = line.split()[1]

        run_quietly([*command, *extra], "pip", on_line=show)
        for file in lonely:
            run_quietly([*install, "--no-deps", "-r", file], "pip")


def _point(link, target):
    if link.is_symlink() and Path(link).resolve() == target.resolve():
        return
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target.name)
    fresh.replace(link)
