"""What ``pytest -p mutation.plugin`` loads, after Odoo has become importable."""

import os

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session):
    """Take over from here: Odoo and the addon are loaded now."""
    from .trying import Plugin

    names = ("FOLDER", "STATE", "ONLY")
    plugin = Plugin(*(os.environ[f"MUTATION_{name}"] for name in names))
    session.config.pluginmanager.register(plugin, "mutation")
