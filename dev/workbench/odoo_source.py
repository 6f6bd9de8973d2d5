"""Odoo 19 itself: Debian's package, unpacked in the cache, or a tree of one's own."""

import hashlib
import os
import shutil
from pathlib import Path

from workbench import locks
from workbench.apt import PrivateApt
from workbench.paths import CACHE
from workbench.say import Failure, run_quietly, step

# Debian's odoo-19 links to these for files that Odoo itself ships.
LINKED = (
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    "fonts-montserrat",
    "fonts-roboto-unhinted",
    "fonts-inconsolata",
    "fonts-ocr-b",
    "fonts-glyphicons-halflings",
    # The newer Font Awesome of sid lacks the files that Odoo names.
    "fonts-font-awesome/bookworm",
)
# Debian leaves this file out; without it every page of the back end logs an error.
# It only blurs the background in video calls, so an empty file will do.
LEFT_OUT = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


class Odoo:
    """An Odoo source tree: ``path`` is what goes on Python's path."""

    def __init__(self, path):
        self.path = Path(path)

    @property
    def version(self):
        """Change when Odoo changes: databases made with another one are made again."""
        release = (self.path / "odoo" / "release.py").read_bytes()
        return hashlib.sha256(str(self.path).encode() + release).hexdigest()[:8]


def ensure_odoo():
    """Return the Odoo to use, fetching it first when need be."""
    own = os.environ.get("ODOO_HOME")
    if own:
        return _own_tree(Path(own).expanduser().resolve())
    target = CACHE / "odoo-19"
    if not target.exists():
        with locks.exclusive("odoo-source"):
            if not target.exists():
                _fetch(target)
    return Odoo(target / "usr" / "lib" / "python3" / "dist-packages")


def _own_tree(tree):
    release = tree / "odoo" / "release.py"
    if not release.is_file():
        raise Failure(f"ODOO_HOME={tree} holds no Odoo source tree (no odoo/release.py)")
    if "version_info = (19, 0" not in release.read_text(encoding="utf-8"):
        raise Failure(f"ODOO_HOME={tree} is not Odoo 19.0")
    return Odoo(tree)


def _fetch(target):
    """Unpack into a temporary folder first: a half Odoo must never look like a whole one."""
    if not (shutil.which("apt-get") and shutil.which("dpkg")):
        raise Failure("Not a Debian machine: set ODOO_HOME to an Odoo 19 source tree")
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    apt = PrivateApt(CACHE / "apt")
    with step("Downloading Odoo 19 (Debian package, 130 MB)"):
        apt.use("sid", "bookworm")
        files = apt.download("odoo-19", *LINKED)
    with step("Unpacking Odoo 19"):
        for file in files:
            run_quietly(["dpkg", "-x", file, unfinished], "dpkg")
        left_out = unfinished / "usr/lib/python3/dist-packages/odoo" / LEFT_OUT
        if not left_out.exists():
            left_out.parent.mkdir(parents=True, exist_ok=True)
            left_out.touch()
        unfinished.rename(target)
    apt.remove()
