from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...rules.prevention import ON_REQUEST
from ..privacy.notice import PREVENTION
from .activity import DUE


class PreventionActivity(models.Model):
    """A training that an office-holder asks for (V6).

    Promise: it is on the list of who organises prevention at once, with who asked for it and for
    whom, and without a word on why.
    """

    _name = "aggression.prevention.activity"
    _inherit = ["aggression.prevention.activity", "aggression.typed.in"]

    @api.model
    def _asked_by_me(self):
        """Return the training that the user asked for and that is still to be planned."""
        return self.search([("asked_by_id", "=", self.env.uid), ("state", "=", DUE)])

    @api.model
    def _choices_kind_id(self):
        """Return what can be asked for: the training that the protocol has on request."""
        protocols = self.env["aggression.protocol"].sudo()
        protocol = protocols.browse(protocols._in_force_id(self.env.company.id))
        kinds = protocol.prevention_kind_ids.filtered(lambda kind: kind.cadence == ON_REQUEST)
        return [(kind.id, kind.name) for kind in kinds]

    @api.model
    def _own_office(self):
        return self.env["aggression.report.person"]._office_of(self.env.user)

    @api.model
    def _asked_problems(self, kind_id, due_on):
        """Return {field: in one sentence what is wrong} of a training that is asked for."""
        problems = {}
        if kind_id not in [id_ for id_, _name in self._choices_kind_id()]:
            problems["kind_id"] = self.env._("Choose a training.")
        elif kind_id in self._asked_by_me().kind_id.ids:
            problems["kind_id"] = self.env._(
                "You asked for this training already. It is still to be planned."
            )
        if due_on and due_on < self._today():
            problems["due_on"] = self.env._("Choose a day that is still to come.")
        return problems

    @api.model
    def _ask_for(self, kind_id, due_on, whole_office):
        """Put a training on the list for the user, who may be any office-holder or colleague.

        :param bool whole_office: it is for everybody who holds the same office
        :return: the training, in superuser mode
        :raises UserError: in one sentence, when something is missing or cannot be
        """
        self.check_access("read")
        if problems := self._asked_problems(kind_id, due_on):
            raise UserError(next(iter(problems.values())))
        offices = self._own_office() if whole_office else self.env["aggression.office"]
        training = (
            self.sudo()
            ._unlocked()
            .create(
                {
                    "company_id": self.env.company.id,
                    "kind_id": kind_id,
                    "due_on": due_on,
                    "asked_by_id": self.env.uid,
                    "invited_ids": [Command.link(self.env.uid)],
                    "office_ids": [Command.set(offices.ids)],
                }
            )
        )
        protocol = training.kind_id.protocol_id
        self.env["aggression.notice"]._about_prevention(
            training, PREVENTION, self._organisers(protocol)
        )
        return training
