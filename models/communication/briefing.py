from odoo import api, fields, models
from odoo.exceptions import UserError

from ..police.consent import BRIEFING
from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedText

WRITTEN, APPROVED = "written", "approved"


class Briefing(models.Model):
    """A short summary by which a colleague is informed, and nothing else of the case (C4, C5).

    Promise: nobody reads it before the person hit has read it and approved these words; then a
    colleague reads it until a day that was set, and not a moment after the person takes consent
    back. Other words need to be approved again. It opens no other record.
    """

    _name = "aggression.briefing"
    _description = "Briefing of a colleague"
    _inherit = ["aggression.personal", "aggression.stateful", "aggression.worded"]
    _order = "id desc"

    _guarded = frozenset({"incident_id", "affected_id", "text", "version", "state", "approved_at"})
    _transitions = {
        (WRITTEN, APPROVED): "_not_agreed",
        (APPROVED, WRITTEN): None,
        (WRITTEN, WRITTEN): None,
    }

    text = SealedText("What a colleague reads", required=True, readonly=True)
    state = fields.Selection(
        [(WRITTEN, "Waits for the person hit"), (APPROVED, "Approved by the person hit")],
        required=True,
        default=WRITTEN,
        readonly=True,
    )
    approved_at = fields.Datetime(readonly=True)
    # walked by the rule; on screens stand the lines that somebody may see
    reader_row_ids = fields.One2many("aggression.briefing.reader", "briefing_id", groups=".")
    readers = fields.Char("Who reads it", compute="_compute_readers")
    can_approve = fields.Boolean(compute="_compute_my_steps")
    can_inform = fields.Boolean(compute="_compute_my_steps")

    _one_per_person = models.UniqueIndex("(affected_id)")

    @api.depends("affected_id")
    @api.depends_context("uid")
    def _compute_person(self):
        """Name whom it is about to who works on the case; an informed colleague reads the words."""
        persons = self.env["aggression.affected.person"]
        seen = persons.search([("id", "in", self.affected_id.ids)])
        for briefing in self:
            briefing.person = (briefing.affected_id & seen)._person_names()

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_readers(self):
        lines = self.env["aggression.briefing.reader"].search([("briefing_id", "in", self.ids)])
        by_briefing = lines.grouped("briefing_id")
        for briefing in self:
            mine = by_briefing.get(briefing, lines.browse())
            briefing.readers = ", ".join(line._in_words() for line in mine)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_my_steps(self):
        for briefing in self:
            own = briefing.sudo().affected_id.user_id == self.env.user
            briefing.can_approve = own and briefing.state == WRITTEN
            briefing.can_inform = briefing.incident_id.sudo(False)._has_role(HANDLER, DECIDER)

    @api.model
    def _word(self, affected, text):
        """Write the summary down; other words are to be approved again. By who handles or decides.

        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: without a text, or without consent
        """
        affected._require(HANDLER, DECIDER)
        affected._require_consent(BRIEFING)
        if not (text or "").strip():
            raise UserError(self.env._("Write down what a colleague may read."))
        person = affected.sudo()
        earlier = self.sudo().search([("affected_id", "=", person.id)])
        if earlier:
            again = {"version": earlier.version + 1, "approved_at": False}
            earlier._move(WRITTEN, text=text, **again)
            return earlier
        values = {"incident_id": person.incident_id.id, "affected_id": person.id, "text": text}
        return self.sudo()._unlocked().create(values)

    def action_approve(self):
        """Approve these words. By the person hit, who has read them.

        :raises AccessError: for anybody else
        :raises UserError: without consent to inform a colleague, or when the words on the screen
            were changed since
        """
        self.ensure_one()
        self.affected_id._require_own()
        self._check_read()
        self.sudo()._move(APPROVED, approved_at=fields.Datetime.now())

    def _not_agreed(self):
        if not self.affected_id._agrees(BRIEFING):
            return self.env._('Agree to this first, under "What you agree to".')
        return None
