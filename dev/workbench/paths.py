"""Where things are: the checkout, and the cache that holds everything installed."""

import hashlib
import os
from pathlib import Path

ADDON = "aggression_protocol"
ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT / "dev"

# Two checkouts on one machine share the cache but must not share a demo database.
CHECKOUT = hashlib.sha256(str(ROOT).encode()).hexdigest()[:6]


def cache_dir():
    """Return the folder that holds everything these commands install."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / ADDON


CACHE = cache_dir()
ADDONS_DIR = CACHE / "addons" / CHECKOUT
DATA_DIR = CACHE / "data"
LOGS = CACHE / "logs"


def link_addon(folder=ADDONS_DIR):
    """Give the checkout the addon's name for Odoo, whatever its own folder is called.

    The link lies outside the repository: inside it, pytest would walk in a circle.
    """
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / ADDON
    if not (link.is_symlink() and link.resolve() == ROOT):
        fresh = folder / f".{ADDON}.{os.getpid()}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(ROOT, target_is_directory=True)
        fresh.replace(link)
    return folder
