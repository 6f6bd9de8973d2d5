"""Let ``pytest`` run the addon's tests as they are, from any folder and checkout name.

Three things stand in the way of plain pytest: it names a test module after its folder
(Odoo wants ``odoo.addons.<addon>.tests…``), Odoo wants an addons folder that holds the
addon under its own name, and the tests want a database with the addon installed.
"""

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import _pytest.pathlib
import pytest

from workbench import databases, debian, paths, workplace
from workbench.say import Failure

HAS_BROWSER = debian.has_browser()
# Where browser tests must never be passed over: CI, and root, who can install Chromium.
MUST_BROWSE = bool(os.environ.get("CI")) or debian.is_root()


def _mount():
    """Put the checkout on the ``odoo.addons`` namespace under the addon's own name."""
    portion = paths.ADDONS_DIR / "namespace"
    paths.link_addon(portion / "odoo" / "addons")
    sys.path.insert(0, str(portion))
    return portion


def _name_modules_like_odoo(portion):
    """Give collected files the names under which Odoo imports them.

    Otherwise every model would be imported a second time, as another addon's.
    """
    plain = _pytest.pathlib.resolve_pkg_root_and_module_name

    def resolve(path, **options):
        if not path.is_relative_to(paths.ROOT):
            return plain(path, **options)
        parts = path.relative_to(paths.ROOT).with_suffix("").parts
        if parts[-1] == "__init__":
            parts = parts[:-1]
        return portion, ".".join(("odoo", "addons", paths.ADDON, *parts))

    _pytest.pathlib.resolve_pkg_root_and_module_name = resolve


_STACK = ExitStack()
_name_modules_like_odoo(_mount())


def _prepare_database(stack, needs_data):
    """Lead Odoo, here and in the workers that inherit the environment, to a database."""
    place = stack.enter_context(workplace.opened())
    name = databases.test_template(place)
    if needs_data:
        name = stack.enter_context(databases.disposable(place, name))
        stack.callback(_close_connections)
    conf = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "odoo.conf"
    settings = place.conf.read_text(encoding="utf-8")
    conf.write_text(f"{settings}db_name = {name}\ndbfilter = ^{name}$\n", encoding="utf-8")
    os.environ.update(place.env, ODOO_RC=str(conf))


def _close_connections():
    if "odoo.sql_db" in sys.modules:
        sys.modules["odoo.sql_db"].close_all()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config):
    """Prepare a database around the whole run, before pytest-odoo asks for it.

    A worker of pytest-xdist, or a person with a configuration of their own, has one.
    """
    if "ODOO_RC" not in os.environ and not config.option.help:
        try:
            _prepare_database(_STACK, not config.option.collectonly)
        except Failure as failure:
            _STACK.close()
            raise pytest.UsageError(str(failure)) from None
    try:
        return (yield)
    finally:
        _STACK.close()


def pytest_sessionstart(session):
    """Stop at once where browser tests would be skipped though they must not."""
    if MUST_BROWSE and not HAS_BROWSER:
        pytest.exit("Chromium is missing: apt-get install chromium", returncode=3)


def pytest_collection_finish(session):
    """Leave a slow machine the time it needs, and each worker the files of the other."""
    common = sys.modules.get("odoo.tests.common")
    if not common:
        return
    common.CHECK_BROWSER_ITERATIONS = 600  # a minute for Chromium to start, instead of 10 seconds
    # The workers share a filestore. What one clears up after each class, as its own database has
    # not got it, are the scripts that the other's browser is about to ask for.
    if "PYTEST_XDIST_WORKER" in os.environ:
        common.TransactionCase._gc_filestore = classmethod(lambda cls: None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn a skip for want of a working browser into a failure where that must not be."""
    report = yield
    if report.skipped and MUST_BROWSE and "chrome" in str(report.longrepr).lower():
        report.outcome = "failed"
    return report


def pytest_terminal_summary(terminalreporter):
    """Say loudly that browser tests did not run."""
    if not HAS_BROWSER:
        terminalreporter.section("Chromium is missing: browser tests were SKIPPED", red=True)
        terminalreporter.write_line("To run them: sudo apt install chromium")
