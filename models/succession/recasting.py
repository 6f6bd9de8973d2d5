from collections import defaultdict

from odoo import models
from odoo.fields import Command

from ..case.incident import CLOSED
from ..privacy.access import CARER
from ..privacy.notice import DUTY


class Incident(models.Model):
    """A case is cast again: parts, duties and care go to who answers for them today.

    Promise: what the protocol asks in an open case is always with somebody who can do it; doing
    this twice changes nothing. All of it in batches, in superuser mode (C3, Z2).
    """

    _inherit = "aggression.incident"

    def _recast(self):
        """Fill the parts that nobody has any more in these cases.

        :return: {case id: ids of the users who take something over, False where nobody can}
        """
        duties = self.env["aggression.duty"].search(
            [("incident_id", "in", self.ids), ("state", "=", "open")]
        )
        came = defaultdict(set)
        self._fill_parts()
        duties._pass_on(came)
        duties._pass_on_escalation(came)
        (duties.talk_id.aftercare_id | duties.aftercare_id)._pass_on(duties, came)
        self.protection_ids._pass_on()
        return came

    def _fill_parts(self):
        """Give the parts of the route in open cases to who answers for them and has them not."""
        rows = []
        for case in self.filtered(lambda case: case.state != CLOSED):
            rows += [case._part_row(part) for part in case._cast_today().parts]
        self.env["aggression.access"]._grant(rows)

    def _reopen(self, reason):
        """Open the case again for who answers for it now; others may have come since."""
        reopened = super()._reopen(reason)
        self.sudo()._hand_over(self.env["aggression.access"])
        return reopened


class Duty(models.Model):
    _inherit = "aggression.duty"

    def _pass_on(self, came):
        """Let these open duties go from who no longer answers for their role to who does."""
        by_user = defaultdict(self.browse)
        by_role = self.filtered("role_id")
        for duty in by_role:
            answering = duty.incident_id._answering_ids(duty.role_id.id)
            if duty.user_id.id not in answering and (answering or duty.user_id):
                by_user[next(iter(answering), False)] |= duty
        for duty in (self - by_role).filtered(lambda duty: duty._left_behind()):
            by_user[duty.incident_id._holder_id(duty.incident_id.receiver_role_id.id)] |= duty
        for user_id, duties in by_user.items():
            duties._give_to(user_id, came)
        by_role._open_cases()

    def _left_behind(self):
        """Tell whether this was handed to somebody by name who works on the case no more (U6)."""
        by_name = self.type_id.event == "improvement"
        return by_name and self.user_id not in self.incident_id._working_on()

    def _give_to(self, user_id, came):
        self._unlocked().write({"user_id": user_id})
        self.env["aggression.notice"]._about_duties(self, DUTY)
        for incident in self.incident_id:
            came[incident.id].add(user_id)

    def _pass_on_escalation(self, came):
        """Tell another of what is overdue, where who was told has left the case since."""
        rows = []
        for duty in self.filtered("escalated_at"):
            if duty.escalated_to_id and duty.escalated_to_id in duty.incident_id._working_on():
                continue
            role_id = duty._escalation_role_id()
            user_id = duty._escalation_user_id(role_id)
            if user_id != duty.escalated_to_id.id:
                duty._pass_telling_on(user_id)
            if user_id:
                rows.append(duty._escalation_row(user_id, role_id))
                came[duty.incident_id.id].add(user_id)
        self.env["aggression.access"]._grant(rows)

    def _pass_telling_on(self, user_id):
        told = [Command.unlink(self.escalated_to_id.id)] if self.escalated_to_id else []
        told += [Command.link(user_id)] if user_id else []
        self._unlocked().write({"escalated_to_id": user_id, "told_ids": told})


class Aftercare(models.Model):
    _inherit = "aggression.aftercare"

    def _pass_on(self, duties, came):
        """Let care go on with another carer where the carer left and a talk is still to come.

        It does not change hands for an absence: what is said stays between two as long as it can.

        :param aggression.duty duties: open ones, of which those for talks go along
        """
        rows = []
        for care in self:
            if any(row.user_id == care.carer_id for row in care._carer_rows()):
                continue
            incident = care.incident_id
            role_id = incident._carer_role_id(care.affected_id)
            user_id = incident._holder_id(role_id)
            if user_id == care.carer_id.id:
                continue
            care._come_to(user_id)
            duties.filtered(lambda duty, care=care: duty._care() == care)._give_to(user_id, came)
            if user_id:
                row = incident._access_row(user_id, CARER, "route", care._concerning(), role_id)
                rows.append(row)
        self.env["aggression.access"]._grant(rows)

    def _carer_rows(self):
        rows = self.incident_id.access_ids.filtered(lambda row: row.role == CARER)
        return rows.filtered(lambda row: row.affected_id == self._concerning())
