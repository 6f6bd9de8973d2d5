from odoo import api, fields, models
from odoo.exceptions import UserError

from .claim import TO_CLAIM
from .damage import ASKED, GRANTED

# the field of a duty that says what it is about
ABOUT = {"aggression.damage": "damage_id", "aggression.damage.claim": "claim_id"}


class Duty(models.Model):
    """Duties about one reimbursement or one claim: asked, granted, to claim, to follow up.

    Promise: of two that run in a case each has its own terms, and what settles one leaves the
    other open (D2, D12).
    """

    _inherit = "aggression.duty"

    damage_id = fields.Many2one(
        "aggression.damage", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    claim_id = fields.Many2one(
        "aggression.damage.claim", index="btree_not_null", readonly=True, ondelete="cascade"
    )

    def _outlives_emotion(self):
        """What somebody lost is reimbursed, and paid, whatever the case turns out to be (D12)."""
        return super()._outlives_emotion() or bool(self.damage_id)

    @api.model
    def _raise_about(self, record, event, at=None):
        """Raise the duties that ``event`` brings for this damage or claim.

        :param datetime at: when it happens, naive UTC; now, unless told otherwise
        """
        case = record.sudo().incident_id
        book = case.protocol_id._playbook()
        return self._raise_rules_about(record, book.duties.get(event, ()), at)

    @api.model
    def _raise_rules_about(self, record, rules, at=None):
        case, at = record.sudo().incident_id, at or fields.Datetime.now()
        rows = [self._duty_values(case, rule, False, False, at) for rule in rules]
        about = {ABOUT[record._name]: record.id}
        return self._raise_rows([{**row, **about} for row in rows])

    @api.model
    def _open_about(self, record):
        """Return the open duties about this damage or claim, in superuser mode."""
        return self.sudo().search([(ABOUT[record._name], "in", record.ids), ("state", "=", "open")])

    @api.model
    def _fulfil_about(self, record, fulfilment):
        """Mark the open duties about this done that this step fulfils, with their measures."""
        duties = self._open_about(record)
        done = duties.filtered(lambda duty: duty.type_id.fulfilment == fulfilment)
        done._settle("done")
        done.filtered(lambda duty: duty._carries_out()).measure_id._carry_out()

    @api.model
    def _lapse_about(self, record):
        self._open_about(record)._move("lapsed")

    @api.model
    def _raise_rows(self, rows):
        """Open the claims to which a duty to recover belongs, however it was raised (D2)."""
        duties = super()._raise_rows(rows)
        waiting = duties.filtered(
            lambda duty: duty._rule().fulfilment == "claim" and not duty.claim_id
        )
        waiting.incident_id._open_claims()
        return duties

    # -- the step that fulfils it ---------------------------------------------------------

    def _open_damage(self):
        return self.incident_id.action_note_damage()

    def _open_reimburse(self):
        return self._about_damage(ASKED).action_decide_reimbursement()

    def _open_pay(self):
        return self._about_damage(GRANTED).action_pay()

    def _open_claim(self):
        if not self.claim_id and not self.incident_id.sudo().causer_ids._known():
            raise UserError(
                self.env._(
                    "There is nobody to claim from: the causer is not known by name. Add the name "
                    "in the case, or ask who decides in it to decide again."
                )
            )
        claim = self.claim_id or self._first_open(self.incident_id.claim_ids, TO_CLAIM)
        return claim.action_open()

    def _open_recover(self):
        return self.claim_id.action_open()

    def _open_inspectorate(self):
        return self.incident_id.action_notify_inspectorate()

    def _about_damage(self, state):
        return self.damage_id or self._first_open(self.incident_id.damage_ids, state)
