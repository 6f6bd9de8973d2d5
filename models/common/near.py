from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError

FURTHEST = timedelta(days=2 * 365)  # what lies further ahead is a typing error


def check_near(env, moment):
    """Raise UserError for a moment (naive UTC) that lies years ahead."""
    if moment > fields.Datetime.now() + FURTHEST:
        raise UserError(env._("Choose a moment within two years from now."))
