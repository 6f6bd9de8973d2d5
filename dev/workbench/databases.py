"""Databases: prepared once, cloned in a second, thrown away when out of date.

A prepared database gets its final name only when it is whole, and then a mark in the
cache. Without either it is made again.
"""

import ast
import hashlib
import os
import shutil
from contextlib import contextmanager

from workbench import fingerprint, locks, paths
from workbench.say import Failure, run_quietly, step

LANGUAGE = "nl_NL"
RECIPE = "1"  # raise it when prepared databases must be made in another way
KEPT = 12  # of each kind; the longest unused go


def _mark(name):
    return paths.CACHE / "databases" / name


def _filestore(name):
    return paths.DATA_DIR / "filestore" / name


def exists(place, name):
    query = f"SELECT 1 FROM pg_database WHERE datname = '{name}'"
    return bool(place.psql("postgres", query).strip())


def is_ready(place, name):
    return _mark(name).exists() and exists(place, name)


def drop(place, name):
    """Remove a database and its files, if they are there."""
    _mark(name).unlink(missing_ok=True)
    run_quietly(["dropdb", "--if-exists", "--force", name], "dropdb", env=place.env)
    shutil.rmtree(_filestore(name), ignore_errors=True)


def clone(place, source, target):
    """Copy a database that nobody is connected to; its files never change, so link them."""
    run_quietly(["createdb", "-T", source, target], "createdb", env=place.env)
    if _filestore(source).exists():
        shutil.copytree(_filestore(source), _filestore(target), copy_function=os.link)


@contextmanager
def copied(place, source, name, content=""):
    """Make a database out of a copy of another; yield the temporary name to work under.

    It replaces the one there was, and is marked with ``content``.
    """
    unfinished = f"{name}_unfinished"
    drop(place, unfinished)
    drop(place, name)
    clone(place, source, unfinished)
    yield unfinished
    finish(place, unfinished, name, content)


def finish(place, unfinished, name, content=""):
    place.psql("postgres", f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"')
    if _filestore(unfinished).exists():
        _filestore(unfinished).rename(_filestore(name))
    mark(name, content)


def mark(name, content=""):
    """Note that the database is whole, and what it was made of."""
    path = _mark(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{name}.{os.getpid()}")
    fresh.write_text(content)
    fresh.replace(path)


def marks(pattern):
    """Return the names of the prepared databases, the longest unused first."""
    found = _mark("").glob(pattern)
    return [path.name for path in sorted(found, key=lambda path: path.stat().st_mtime)]


def marked(name):
    return _mark(name).read_text()


@contextmanager
def _under_construction(place, name):
    """Yield the temporary name to build under, or None when the database is ready."""
    with locks.exclusive(name):
        if is_ready(place, name):
            yield None
            return
        unfinished = f"{name}_unfinished"
        drop(place, unfinished)
        drop(place, name)
        yield unfinished
        finish(place, unfinished, name)


def manifest():
    return ast.literal_eval((paths.ROOT / "__manifest__.py").read_text(encoding="utf-8"))


def base(place, demo):
    """Prepare a database with the addon's dependencies and Dutch, but not the addon."""
    depends = ",".join(sorted({*manifest()["depends"], "base", "mail", "web"}))
    key = hashlib.sha256(f"{RECIPE} {place.odoo.version} {depends}".encode()).hexdigest()[:12]
    name = f"ap_base_{'demo' if demo else 'test'}_{key}"
    with _under_construction(place, name) as unfinished:
        if unfinished:
            with step(f"Preparing a database {'with demo data' if demo else 'for tests'}") as at:
                install = ["-d", unfinished, "-i", depends, "--no-http", "--stop-after-init"]
                if demo:
                    # Language of all users; in tests it stays English.
                    install += ["--with-demo", f"--load-language={LANGUAGE}"]
                place.run_odoo(at, *install)
                _speak_dutch(place, at, unfinished, demo)
    _mark(name).touch()
    return name


def _speak_dutch(place, at, database, demo):
    if not demo:
        place.run_odoo(at, "i18n", "loadlang", "-d", database, "-l", LANGUAGE)
        return
    place.psql(
        database,
        f"UPDATE res_partner SET lang = '{LANGUAGE}' WHERE lang IS NULL OR lang = 'en_US';"
        "UPDATE res_partner SET tz = 'Europe/Amsterdam' WHERE tz IS NULL",
    )


def install(place, at, database, *options):
    arguments = ["-d", database, "-i", paths.ADDON, "--no-http", "--stop-after-init", *options]
    place.run_odoo(at, *arguments)
    if not is_installed(place, database):
        raise Failure(f"Odoo did not install {paths.ADDON}")


def is_installed(place, database):
    query = f"SELECT state FROM ir_module_module WHERE name = '{paths.ADDON}'"
    return place.psql(database, query).strip() == "installed"


def test_template(place):
    """Return the name of a database with the addon, without demo data."""
    key = fingerprint.everything()
    name = f"ap_test_{place.odoo.version}_{key}"
    with _under_construction(place, name) as unfinished:
        if unfinished:
            clone(place, base(place, demo=False), unfinished)
            with step("Installing the addon for tests") as at:
                install(place, at, unfinished)
    _mark(name).touch()
    _drop_old_templates(place)
    return name


def _drop_old_templates(place):
    for pattern in ("ap_test_*", "ap_base_*"):
        for name in marks(pattern)[:-KEPT]:
            drop(place, name)


@contextmanager
def disposable(place, template):
    """Yield a clone of ``template`` that is dropped at the end, or by a later command.

    The lock on it is what tells a later command that this one is still alive.
    """
    _sweep(place)
    name = f"ap_run_{os.getpid()}"
    with locks.open_lock(name) as handle:
        locks.try_lock(handle)
        drop(place, name)
        clone(place, template, name)
        try:
            yield name
        finally:
            _drop_family(place, name)
    (paths.CACHE / "locks" / name).unlink(missing_ok=True)


def _sweep(place):
    """Drop what killed test runs left behind."""
    for path in (paths.CACHE / "locks").glob("ap_run_*"):
        with path.open("a+") as handle:
            if locks.try_lock(handle):
                _drop_family(place, path.name)
                path.unlink(missing_ok=True)


def _drop_family(place, name):
    """Drop a run's database and the clones that pytest-xdist's workers made of it."""
    query = f"SELECT datname FROM pg_database WHERE datname ~ '^{name}(-gw|$)'"
    for database in place.psql("postgres", query).split():
        drop(place, database)
    shutil.rmtree(_filestore(name), ignore_errors=True)
