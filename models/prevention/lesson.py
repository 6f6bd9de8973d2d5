from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.reference import random_reference
from ..privacy.sealing import SealedText


class Lesson(models.Model):
    """What the municipality learned, without persons (U6).

    Promise: it was written for this register by somebody who said that nobody can be recognised
    in it; neither the case it came from nor who wrote it, nor the day, can be found from it.
    """

    _name = "aggression.lesson"
    _description = "Lesson"
    _inherit = "aggression.beside.cases"
    _rec_name = "reference"
    _order = "year desc, reference"
    _log_access = False  # who wrote it on which day would point at the case

    _guarded = frozenset({"text", "year", "company_id", "reference"})

    company_id = fields.Many2one("res.company", "Municipality", required=True, readonly=True)
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    text = SealedText("Lesson", required=True, readonly=True)
    # random, and what they are sorted by: the order tells nobody which came last
    reference = fields.Char(
        required=True, readonly=True, default=lambda self: random_reference("L")
    )

    @api.model
    def _learn(self, company, text, year, unrecognisable):
        """Add a lesson to the register; who calls this has checked who may.

        :param bool unrecognisable: the writer says that nobody can be recognised in it
        :raises UserError: when that was not said
        """
        if not unrecognisable:
            raise UserError(
                self.env._("Read the lesson again and say that nobody can be recognised in it.")
            )
        values = {"company_id": company.id, "text": text, "year": year}
        return self.sudo()._unlocked().create(values)
