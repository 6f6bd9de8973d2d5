"""Odoo within this process, without a server: importing this reads the settings of ODOO_RC."""

import logging
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.modules.module import initialize_sys_path
from odoo.modules.registry import Registry
from odoo.tools import config

config.parse_config([], setup_logging=False)
# Addons are imported from the folders that the settings name.
initialize_sys_path()
logging.getLogger("odoo").setLevel(logging.ERROR)


@contextmanager
def opened(database):
    """Yield a superuser's environment on a database."""
    with Registry(database).cursor() as cr:
        yield api.Environment(cr, SUPERUSER_ID, {})
