from odoo import api, fields, models
from odoo.tools import SQL

from .reference import random_reference


class DataRequest(models.Model):
    """The register of people who asked what is kept about them (AVG, article 15).

    Promise: it tells when somebody asked, by when and when the answer was printed, and by whom;
    not who asked. The letter itself is in the municipality's own archive, under this reference.
    """

    _name = "aggression.data.request"
    _description = "Access request of a data subject"
    _inherit = ["aggression.append.only", "aggression.guarded"]
    _rec_name = "reference"
    _order = "id desc"
    _log_access = False
    _retained = ("done_at", "answered_by_id", "cases")
    _guarded = frozenset(
        {"reference", "at", "by_id", "company_id", "received_on", "due_on", *_retained}
    )

    reference = fields.Char(
        required=True, readonly=True, default=lambda self: random_reference("A")
    )
    at = fields.Datetime("Registered at", required=True, readonly=True)
    by_id = fields.Many2one(
        "res.users", "Registered by", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", "Municipality", required=True, readonly=True, ondelete="restrict"
    )
    received_on = fields.Date("Received on", required=True, readonly=True)
    due_on = fields.Date("Answer before", required=True, readonly=True)
    done_at = fields.Datetime("Answer printed at", readonly=True)
    answered_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    cases = fields.Integer("Cases in the answer", readonly=True, aggregator=None)

    _reference_once = models.UniqueIndex("(reference)")

    @api.model
    def _receive(self, company, received_on):
        """Register a request; the answer is due within a month (AVG, article 12(3))."""
        return (
            self.sudo()
            ._unlocked()
            .create(
                {
                    "reference": random_reference("A"),
                    "at": fields.Datetime.now(),
                    "by_id": self.env.uid,
                    "company_id": company.id,
                    "received_on": received_on,
                    "due_on": fields.Date.add(received_on, months=1),
                }
            )
        )

    def _answer(self, cases):
        """Record that the answer was printed; a second print changes nothing."""
        if not self.done_at:
            self._retain(
                SQL("id = %s", self.id),
                done_at=fields.Datetime.now(),
                answered_by_id=self.env.uid,
                cases=cases,
            )
