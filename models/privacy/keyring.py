"""The keys to what is sealed: where they are, what they open, how they are kept.

Plain Python on purpose: the command line uses it without a database. The keys are outside the
database and its dumps, in the environment or in a file that only Odoo's own user can read.
"""

import configparser
import hashlib
import hmac
import os
import re
import stat
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from functools import cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from odoo.tools import config

# A token is this, the number of its key in so many digits, a colon, and what Fernet made of it:
# SQL can tell which key opens it.
PREFIX = "sealed:"
DIGITS = 8

IN_ENVIRONMENT = "AGGRESSION_PROTOCOL_KEYS"
FILE_IN_ENVIRONMENT = "AGGRESSION_PROTOCOL_KEY_FILE"
SECTION, OPTION = "aggression_protocol", "key_file"
FILE_NAME = "aggression_protocol.keys"

_ENTRY = re.compile(r"^\s*(seal|index)=(\S+)\s*(?:#.*)?$")
_loaded = {}


# Why something cannot be sealed or opened, for the administrator; sealing.py tells the user.
TROUBLES = {
    "missing": "the key file is not there or this user cannot read it",
    "exposed": "others on this machine can read the key file; close it with chmod 600",
    "malformed": "the keys are damaged",
    "unknown": "sealed with a key that is not there",
    "damaged": "a sealed value was changed",
}


class KeyTrouble(Exception):
    """Something cannot be sealed or opened, for one of the reasons in ``TROUBLES``."""

    def __init__(self, kind, detail=""):
        super().__init__(": ".join(filter(None, [TROUBLES[kind], detail])))
        self.kind = kind
        self.detail = detail


class Keyring:
    """The keys of one moment: the first seals, all of them open.

    :param list seals: keys for Fernet, newest first
    :param str index: the key of the blind index; it stays the same when the others rotate
    """

    def __init__(self, seals, index):
        if not seals or not index:
            raise KeyTrouble("malformed", "one seal and one index are needed")
        try:
            self._boxes = {number_of(key): Fernet(key) for key in seals}
            self._index = urlsafe_b64decode(index)
        except ValueError:
            raise KeyTrouble("malformed", "a key has to be 32 bytes in base64") from None
        self.seals = seals
        self.index = index

    @property
    def numbers(self):
        """The numbers of the keys, the one that seals first."""
        return list(self._boxes)

    def seal(self, plain):
        """Return the token for these bytes; it begins with the number of its key."""
        number = self.numbers[0]
        return f"{PREFIX}{number}:{self._boxes[number].encrypt(plain).decode()}"

    def open(self, token):
        """Return the bytes in a token.

        :raises KeyTrouble: unknown, without the token's key; damaged, when it was tampered with
        """
        number, _colon, sealed = token.removeprefix(PREFIX).partition(":")
        if number not in self._boxes:
            raise KeyTrouble("unknown", number)
        try:
            return self._boxes[number].decrypt(sealed.encode())
        except InvalidToken:
            raise KeyTrouble("damaged") from None

    def mark(self, text):
        """Return the keyed hash of a text, by which equal texts are found without reading them."""
        return hmac.new(self._index, text.encode(), hashlib.sha256).hexdigest()


def number_of(key):
    """Return the number that tokens carry of the key they were sealed with; it tells nothing."""
    return hashlib.sha256(key.encode()).hexdigest()[:DIGITS]


def new_key():
    return Fernet.generate_key().decode()


def new_keyring():
    return Keyring([new_key()], urlsafe_b64encode(os.urandom(32)).decode())


def parse(text):
    """Return the keyring that is written in ``text``: seal=… and index=…, one a line."""
    found = {"seal": [], "index": []}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            entry = _ENTRY.match(line)
            if not entry:
                raise KeyTrouble("malformed", "a line is neither seal= nor index=")
            found[entry[1]].append(entry[2])
    if len(found["index"]) > 1:
        raise KeyTrouble("malformed", "two index keys")
    return Keyring(found["seal"], "".join(found["index"]))


def write_out(keyring):
    """Return what stands in the key file, as :func:`parse` reads it."""
    return "\n".join(
        [
            "# Keys of the aggression protocol. Without them its contents cannot be read again.",
            "# Keep a copy apart from the database and its dumps; see docs/keys.md of the addon.",
            *(f"seal={key}" for key in keyring.seals),
            f"index={keyring.index}",
            "",
        ]
    )


def in_environment():
    return bool(os.environ.get(IN_ENVIRONMENT, "").strip())


def path():
    """Return where the key file is, or should be."""
    named = os.environ.get(FILE_IN_ENVIRONMENT) or _path_in_settings(config["config"])
    return _expanded(named or os.path.join(config["data_dir"], FILE_NAME))


@cache
def _expanded(name):
    return Path(name).expanduser()


@cache
def _path_in_settings(file):
    # A section of its own: Odoo warns at every start about an option that it does not know.
    settings = configparser.RawConfigParser()
    settings.read(file or [])
    return settings.get(SECTION, OPTION, fallback=None)


def current():
    """Return the keys as they are now.

    The file is looked at each time and read again when it changed, so that a rotation needs no
    restart.

    :raises KeyTrouble: missing, exposed or malformed
    """
    if in_environment():
        text = os.environ[IN_ENVIRONMENT]
        if text not in _loaded:
            _loaded[text] = parse("\n".join(text.split()))
        return _loaded[text]
    where = path()
    try:
        found = os.stat(where)
    except OSError:
        raise KeyTrouble("missing", str(where)) from None
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise KeyTrouble("exposed", str(where))
    state = (found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_size)
    known, keyring = _loaded.get(where, (None, None))
    if known != state:
        keyring = _read(where)
        _loaded[where] = (state, keyring)
    return keyring


def _read(where):
    try:
        return parse(where.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError):
        raise KeyTrouble("missing", str(where)) from None


def create():
    """Make the key file with new keys, readable for its owner alone, unless there is one.

    :raises FileExistsError: keys are never overwritten
    """
    where = path()
    where.parent.mkdir(parents=True, exist_ok=True)
    _write(where, new_keyring(), like=where.parent)
    return where


def ensure():
    """Make keys where none are configured; check those that are.

    :raises KeyTrouble: when what is configured cannot be used
    """
    if not in_environment():
        with suppress(FileExistsError):
            create()
    return current()


def replace(where, keyring):
    """Put other keys in the place of the file, in one step: nobody reads half a file."""
    where = Path(os.path.realpath(where))
    fresh = where.with_name(f".{where.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    _write(fresh, keyring, like=where)
    os.replace(fresh, where)


def _write(where, keyring, like):
    handle = os.open(where, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        if os.geteuid() == 0:
            # Written by root, to be read by Odoo's own user.
            owner = os.stat(like)
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
        file.write(write_out(keyring))
        file.flush()
        os.fsync(file.fileno())
