from odoo import fields, models

from .duty import LAPSED, OPEN

# What a classification or a decision raised is raised anew by the next one.
RAISED_BEFORE = ("reported", "informing", "refused_to_leave", "improvement")


class Duty(models.Model):
    """What closing as emotion takes away comes back when the case is opened again.

    Promise: that a case was taken for emotion for a while costs nobody the talks, the informing
    and the notices that the report asked for (M2 to M4, D10, Z6 to Z8). What is owed whatever the
    case turns out to be does not lapse at all: care, money, what law and police ask.
    """

    _inherit = "aggression.duty"

    def _outlives_emotion(self):
        """Tell whether this is still owed when the case turns out to be emotion."""
        self.ensure_one()
        return bool(self._care()) or self.fulfilment == "inspectorate"

    def _lapse_by_closing(self, closed_at):
        """Let these lapse because the case closes; by that moment they are found again."""
        self._move(LAPSED, done_at=closed_at)

    def _lapsed_by_closing(self, closed_at):
        """Return those of these that lapsed when the case closed at that moment, each once."""
        lapsed = self.filtered(lambda duty: duty.state == LAPSED and duty.done_at == closed_at)
        # closed twice within a second, what came back in between lapsed once more
        names = ("type_id", "role_id", "affected_id", "talk_id", "event_at")
        once = {tuple(duty[name] for name in names): duty for duty in lapsed.sorted("id")}
        return self.browse().concat(*once.values())

    def _come_back(self):
        """Raise these anew: with the terms they had, for who answers for them today."""
        back = self.filtered(lambda duty: duty.talk_id or duty.type_id.event in RAISED_BEFORE)
        back.talk_id._offer_anew()
        self._raise_rows([duty._values_anew() for duty in back])
        back.talk_id.filtered("kept_private")._keep_private()

    def _values_anew(self):
        return {
            **{name: self[name].id for name in ("incident_id", "type_id", "affected_id")},
            **{name: self[name].id for name in ("talk_id", "role_id")},
            **{name: self[name] for name in ("event_at", "from_at", "due_at")},
            "user_id": self._who_today(),
            "sweep_at": self._rule().next_look(self.due_at, 0),
        }

    def _who_today(self):
        """Return the id of who does this now; False where that is settled by the hand-over."""
        case = self.incident_id
        if self.role_id:
            return case._holder_id(self.role_id.id)
        user = self.talk_id.aftercare_id.carer_id or self.user_id
        return user.id if user in case._working_on() else False

    def _watch_again(self):
        """Look again at the open talks of which nobody was told that they are overdue (U3)."""
        for duty in self.filtered(lambda duty: duty.state == OPEN and duty.talk_id):
            if not duty.sweep_at:
                sweep_at = duty._rule().next_look(duty.due_at, duty.rung)
                duty._unlocked().write({"sweep_at": sweep_at})
        now = fields.Datetime.now()
        if any(duty.sweep_at and duty.sweep_at <= now for duty in self):
            self._sweep_soon()
