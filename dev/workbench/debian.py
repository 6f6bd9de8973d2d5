"""The few things that must come from the system's own packages."""

import ctypes
import importlib.util
import os
import shutil
from pathlib import Path

from workbench.say import Failure, run_quietly, say, step

BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def is_root():
    return os.geteuid() == 0


def has_browser():
    return any(shutil.which(name) for name in BROWSERS)


def _has_library(name):
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _has_fonts():
    return any(Path("/usr/share/fonts").rglob("*.[ot]tf"))


def missing_packages():
    """Return the Debian packages to install, with what each is needed for."""
    missing = {pkg: "PDF" for lib, pkg in LIBRARIES.items() if not _has_library(lib)}
    if not _has_fonts():
        missing["fonts-dejavu-core"] = "PDF"
    if not has_browser():
        missing["chromium"] = "browser tests"
    return missing


def has_venv():
    """Debian leaves ``ensurepip`` out of Python unless python3-venv is installed."""
    return bool(importlib.util.find_spec("ensurepip"))


def install(packages):
    """Install Debian packages, as root."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Installing Debian packages: {' '.join(packages)}"):
        run_quietly(["apt-get", "update"], "apt-update", env=env)
        run_quietly(
            ["apt-get", "install", "-y", "--no-install-recommends", *packages],
            "apt-install",
            env=env,
        )


def ensure_venv():
    """Make sure that Python can make a virtual environment."""
    if has_venv():
        return
    if not (is_root() and shutil.which("apt-get")):
        raise Failure("Python cannot make virtual environments: sudo apt install python3-venv")
    install(["python3-venv"])
    # The running interpreter may have cached that the module was not there.
    importlib.invalidate_caches()


def ensure_packages():
    """Install what is missing as root; otherwise say in one line what to type."""
    missing = missing_packages()
    if not missing:
        return
    if is_root() and shutil.which("apt-get"):
        install(list(missing))
        return
    uses = " and ".join(sorted(set(missing.values())))
    say(f"  missing for {uses}: sudo apt install {' '.join(missing)}")
