from odoo import api, fields, models

from ..care.aftercare import HIT
from ..privacy.notice import DUTY


class Duty(models.Model):
    """Duties that come with the care of one person: offering it again, an extra talk.

    Promise: their names tell who handles the case nothing of what was said; they go along with
    the care when it changes hands.
    """

    _inherit = "aggression.duty"

    def _care(self):
        """Return the care that this duty is part of, if any."""
        return self.aftercare_id | self.talk_id.aftercare_id

    @api.depends("affected_id", "incident_id", "talk_id", "aftercare_id")
    @api.depends_context("uid")
    def _compute_person(self):
        """Name a witness or somebody of the home front to who cares for them."""
        result = super()._compute_person()
        beside = self.sudo()._care().filtered(lambda care: care.for_whom != HIT)
        named = self.env["aggression.aftercare"].search([("id", "in", beside.ids)])
        for duty in self if named else ():
            care = named & duty.sudo()._care().with_env(self.env)
            duty.person = care.person or duty.person
        return result

    @api.model
    def _raise_for_care(self, care, event):
        """Raise the duties that ``event`` brings for the carer; what waits already is not doubled.

        :param aggression.aftercare care: in superuser mode
        """
        book = care.incident_id.protocol_id._playbook()
        waiting = care._duties().type_id.ids
        rules = [rule for rule in book.duties.get(event, ()) if rule.id not in waiting]
        now = fields.Datetime.now()
        return self._raise_rows(
            [
                {
                    **self._duty_values(care.incident_id, rule, False, False, now),
                    "affected_id": care.affected_id.id,
                    "aftercare_id": care.id,
                    "role_id": False,
                    "user_id": care.carer_id.id,
                }
                for rule in rules
            ]
        )

    @api.model
    def _raise_for_talks(self, talks, rules):
        """Raise the duty of each talk.

        :param aggression.talk talks: in superuser mode
        :param rules: the :class:`DutyRule` of each
        """
        now = fields.Datetime.now()
        return self._raise_rows(
            [
                self._talk_duty_values(talk, rule, now)
                for talk, rule in zip(talks, rules, strict=True)
            ]
        )

    def _come_forward(self, values):
        """Move the term of these duties; the reminder goes with it."""
        for duty in self:
            sweep = duty._rule().next_look(values["due_at"], 0)
            duty._unlocked().write({**values, "sweep_at": sweep})

    def _give_to_carer(self, user_id):
        """Let these duties go to another carer, who is told."""
        self._unlocked().write({"user_id": user_id})
        self.env["aggression.notice"]._about_duties(self, DUTY)

    def _open_care(self):
        return self.sudo().aftercare_id._action_show_care()


class Aftercare(models.Model):
    _inherit = "aggression.aftercare"

    def _duties(self):
        """Return the open duties of these cares that are not those of their talks."""
        duties = self.env["aggression.duty"].sudo()
        return duties.search([("aftercare_id", "in", self.ids), ("state", "=", "open")])

    def _rules_of(self, event):
        """Return the duty rules of the protocol for an event in this care."""
        return self.incident_id.protocol_id._playbook().duties.get(event, ())

    def _action_show_care(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Aftercare"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
