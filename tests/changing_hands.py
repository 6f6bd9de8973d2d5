"""People who come to a case and leave it, as the protocol lets them."""

from odoo.tests import freeze_time

from .common import ProtocolCase

COME_AND_GO = ("colleague", "taken_off", "former", "stand_in", "stood_in", "stands_in_later")
DAY_4, DAY_6 = "2026-03-10 09:00:00", "2026-03-12 09:00:00"


class ChangingHands(ProtocolCase):
    """The relations to a case that have a before and an after.

    Two colleagues are added to it, of whom one is kept out again; a coordinator leaves the
    office; three people stand in for the clerk, of whom one did, one does and one still will.
    """

    def _change_hands(self, incident):
        with freeze_time(DAY_4):
            for login in ("colleague", "taken_off"):
                self._add(incident, login)
            self._appoint_stand_in("stood_in", "2026-03-10", "2026-03-11")
            # or their having nothing afterwards would prove nothing
            self.assertLess({"colleague", "taken_off", "former", "stood_in"}, {*self.who(incident)})
        with freeze_time(DAY_6):
            self._keep_out(incident, "taken_off")
            lines = self.role("aggression_coordinator").assignment_ids
            line = lines.filtered(lambda line: line.user_id == self.users["former"])
            line.date_to = "2026-03-11"
            self._appoint_stand_in("stand_in", "2026-03-12", "2999-01-01")
            self._appoint_stand_in("stands_in_later", "2999-01-02", "2999-12-31")
        incident.invalidate_recordset()

    def _add(self, incident, login):
        values = {"user_id": self.users[login].id, "reason": "Knows the neighbourhood."}
        screen = self.model_as("clerk", "aggression.sharing.wizard")
        screen.create({"incident_id": incident.id, **values}).action_share()

    def _keep_out(self, incident, login):
        values = {"user_id": self.users[login].id, "reason": "Turned out to be a cousin."}
        action = self.as_user("coordinator", incident).action_keep_out()
        screen = self.model_as("coordinator", action["res_model"]).with_context(**action["context"])
        screen.create(values).action_save()

    def _appoint_stand_in(self, login, date_from, date_to):
        self.model_as("manager", "aggression.role.assignment").create(
            {
                "role_id": self.role("council_clerk").id,
                "user_id": self.users[login].id,
                "replaces_id": self.users["clerk"].id,
                "date_from": date_from,
                "date_to": date_to,
            }
        )
