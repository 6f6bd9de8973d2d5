from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ...rules import money


class InEuros(models.AbstractModel):
    """A record with amounts of money, exact to the cent.

    Promise: an amount is kept as a decimal number, whatever it was worked out with: in code it is
    whole cents (``rules/money.py``), so that nothing is lost by splitting or adding up. The law,
    the letters and the bank speak of euros, whatever the books of the company are kept in.
    """

    _name = "aggression.in.euros"
    _description = "Amounts in euros"

    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")

    @api.depends()
    def _compute_currency_id(self):
        self.currency_id = self.env.ref("base.EUR")

    @api.model
    def _check_amount(self, amount):
        """Raise UserError unless this is an amount that somebody can owe."""
        if not money.is_amount(amount or 0):
            raise UserError(self.env._("Fill in an amount of at least one cent."))

    @api.model
    def _in_words(self, in_cents):
        """Return an amount as it is written in the user's language."""
        # as it is written in the Netherlands, wherever Odoo's currency puts its sign
        return f"€\N{NO-BREAK SPACE}{formatLang(self.env, money.euros(in_cents), digits=2)}"

    def _cents(self, name):
        """Return the amounts in field ``name`` of all these records together, in cents."""
        return sum(money.cents(record[name]) for record in self)
