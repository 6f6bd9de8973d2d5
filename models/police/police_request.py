from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedChar, SealedText

OPEN, ANSWERED, NOT_NEEDED = "open", "answered", "not_needed"
KINDS = [
    ("question", "Question"),
    ("appointment", "Appointment"),
    ("statement", "Statement of somebody"),
    ("evidence", "Evidence or images"),
]


class PoliceRequest(models.Model):
    """Something that the police ask of somebody, by when, and what came of it (D5).

    Promise: cooperation is full, so nothing that they ask is forgotten: it is a duty that ends
    when it was answered, or with the reason why that is not needed.
    """

    _name = "aggression.police.request"
    _description = "Request of the police"
    _inherit = ["aggression.personal", "aggression.stateful"]
    _order = "due_at, id"

    _guarded = frozenset(
        {
            "incident_id",
            "affected_id",
            "prosecution_id",
            "kind",
            "of_whom",
            "what",
            "due_at",
            "state",
            "answer",
            "answered_at",
        }
    )
    _transitions = {(OPEN, ANSWERED): None, (OPEN, NOT_NEEDED): None}

    prosecution_id = fields.Many2one(
        "aggression.prosecution", required=True, index=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(KINDS, required=True, readonly=True)
    of_whom = SealedChar("Of whom", required=True, readonly=True)
    what = SealedText("What they ask", required=True, readonly=True)
    due_at = fields.Datetime("At the latest", required=True, readonly=True)
    state = fields.Selection(
        [(OPEN, "To do"), (ANSWERED, "Done"), (NOT_NEEDED, "Not needed")],
        required=True,
        default=OPEN,
        readonly=True,
    )
    answer = SealedText("What was answered", readonly=True)
    answered_at = fields.Datetime("Answered at", readonly=True)
    can_answer = fields.Boolean(compute="_compute_can_answer")

    @api.depends("prosecution_id", "state")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        for request in self:
            request.can_answer = request.state == OPEN and request.prosecution_id.can_follow

    @api.model
    def _ask(self, prosecution, values):
        """Write down what the police ask, and raise the duty for it. By who handles or decides.

        :param dict values: kind, of_whom, what, due_at (naive UTC)
        :raises UserError: in one sentence, when something is missing
        """
        followed = prosecution._require_followed()
        if not (values.get("of_whom") or "").strip() or not (values.get("what") or "").strip():
            raise UserError(self.env._("Write down what the police ask, and of whom."))
        if not values.get("due_at") or not values.get("kind"):
            raise UserError(self.env._("Say what kind of request it is and by when."))
        request = (
            self.sudo()
            ._unlocked()
            .create(
                {
                    **values,
                    "incident_id": followed.incident_id.id,
                    "affected_id": followed.affected_id.id,
                    "prosecution_id": followed.id,
                }
            )
        )
        request.incident_id._log("police_asks")
        self.env["aggression.duty"]._raise_request(request)
        return request

    def _answer(self, answer, needed=True):
        """Record what was answered, or why that is not needed. By who handles or decides.

        :raises UserError: without words, or when it was answered already
        """
        self.ensure_one()
        self._require(HANDLER, DECIDER)
        if not (answer or "").strip():
            raise UserError(self.env._("Write down what was answered, or why it is not needed."))
        self.prosecution_id._require_followed()
        request = self.sudo()
        target = ANSWERED if needed else NOT_NEEDED
        request._move(target, answer=answer, answered_at=fields.Datetime.now())
        self.env["aggression.duty"]._settle_request(request, needed)
        request.incident_id._log("police_answered")
