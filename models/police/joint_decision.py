from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import DECIDER, HANDLER
from ..privacy.sealing import SealedChar, SealedText

JOINT = "joint"


class JointDecision(models.Model):
    """What one of those who decide together says on a declaration of a disturbance (H8).

    Promise: each speaks for a role that the protocol names, under their own login or as the case
    team wrote down by name and time; nobody speaks twice. Only when all of them are on record and
    all are for it can a declaration be written.
    """

    _name = "aggression.joint.decision"
    _description = "Voice in a joint decision"
    _inherit = "aggression.confidential"
    _order = "incident_id, id"

    _guarded = frozenset(
        {
            "incident_id",
            "role_id",
            "user_id",
            "name",
            "declares",
            "at",
            "note",
            "recorded_by_id",
        }
    )

    role_id = fields.Many2one(
        "aggression.role", "As", required=True, readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one("res.users", "Under own login", readonly=True, ondelete="restrict")
    name = SealedChar("Who", required=True, readonly=True)
    declares = fields.Boolean("For a declaration", readonly=True)
    at = fields.Datetime("When", required=True, readonly=True)
    note = SealedText("Why", readonly=True)
    recorded_by_id = fields.Many2one(
        "res.users", "Recorded by", required=True, readonly=True, ondelete="restrict"
    )

    _once = models.UniqueIndex(
        "(incident_id, role_id)", "What this role decided is on record already."
    )

    @api.model
    def _speak(self, incident, role, declares, told):
        """Record what somebody decided for ``role``: the user, or who is named.

        :param aggression.role role: one of those that decide together by the protocol
        :param bool declares: for a declaration, or against
        :param dict told: note; and, to record it for somebody else, name and at (naive UTC)
        :raises AccessError: for who neither handles nor decides the case
        :raises UserError: in one sentence, when it cannot be
        """
        incident.ensure_one()
        incident._require(HANDLER, DECIDER)
        case = incident.sudo()
        case._check_decides_together(role)
        values = self._for_another(case, told) if told.get("name") else self._own(case, role)
        if values["name"].casefold() in (one.name.casefold() for one in case.joint_decision_ids):
            raise UserError(self.env._("Each of them speaks for one role. Choose somebody else."))
        voice = self.sudo()._unlocked()
        voice = voice.create(
            {
                "incident_id": case.id,
                "role_id": role.id,
                "declares": declares,
                "note": told.get("note"),
                "recorded_by_id": self.env.uid,
                **values,
            }
        )
        case._log("joint", voice._in_words())
        case._settle_joint_decision()

    def _in_words(self):
        """Return this voice as it stands in the timeline."""
        for_it = self.env._("for a declaration") if self.declares else self.env._("against it")
        words = f"{self.role_id.name}, {self.name}: {for_it}."
        return f"{words} {self.note}" if self.note else words

    @api.model
    def _own(self, case, role):
        if self.env.uid not in case._answering_ids(role.id):
            raise UserError(
                self.env._("You do not answer for this role. Fill in who decided, and when.")
            )
        name = self.env.user.name
        return {"user_id": self.env.uid, "name": name, "at": fields.Datetime.now()}

    @api.model
    def _for_another(self, case, told):
        case.with_env(self.env)._require(HANDLER)
        at = told.get("at")
        if not at or not case.occurred_at <= at <= fields.Datetime.now():
            raise UserError(self.env._("Fill in when it was decided: not in the future."))
        return {"name": told["name"].strip(), "at": at}


class Incident(models.Model):
    _inherit = "aggression.incident"

    joint_decision_ids = fields.One2many(
        "aggression.joint.decision", "incident_id", "Decided together"
    )

    def _joint_roles(self):
        """Return the roles that decide together on a declaration of this case."""
        meeting = self.sudo().affected_ids.filtered(lambda person: not person._declares_alone())
        roles = self.sudo().protocol_id.joint_role_ids
        return roles if meeting else roles.browse()

    def _check_decides_together(self, role):
        self._check_still_open()
        if not self._joint_roles():
            raise UserError(self.env._("Nobody but the person hit decides on this declaration."))
        if role not in self._joint_roles():
            raise UserError(self.env._("Choose a role that decides together on this."))
        if role in self.joint_decision_ids.role_id:
            raise UserError(self.env._("What this role decided is on record already."))

    def _joint_decision(self):
        """Tell what was decided together: True, False, or None as long as somebody is missing."""
        voices = self.sudo().joint_decision_ids
        if self._joint_roles() - voices.role_id:
            return None
        return bool(voices) and all(voices.mapped("declares"))

    def _require_joint_decision(self):
        """Raise UserError unless all who decide together are on record, and for it (H8)."""
        decided = self._joint_decision()
        if decided is None:
            missing = self._joint_roles() - self.sudo().joint_decision_ids.role_id
            raise UserError(
                self.env._(
                    "The declaration of a disturbance is decided together. Still missing: "
                    "%(roles)s.",
                    roles=", ".join(missing.mapped("name")),
                )
            )
        if not decided:
            raise UserError(self.env._("It was decided together not to declare this."))

    def _settle_joint_decision(self):
        self._stand_in_line()
        if self._joint_decision() is not None:
            self.env["aggression.duty"]._settle_police(self, JOINT, done=True)
            self._settle_declarations()


class Protocol(models.Model):
    _inherit = "aggression.protocol"

    joint_role_ids = fields.Many2many(
        "aggression.role",
        "aggression_protocol_joint_role_rel",
        string="Decide together on a disturbance",
        help="All of them are on record before a disturbance of a meeting is declared (H8).",
    )
