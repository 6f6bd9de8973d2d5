from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..privacy.sealing import SealedChar, SealedText

INJURIES = [
    ("none", "None"),
    ("physical", "Physical"),
    ("mental", "Mental"),
]


class AffectedPerson(models.Model):
    """Somebody who was hit, in the office held at that moment.

    Promise: what it did to a person is written down for the sake of care, apart from the facts,
    and never weighs in the classification (N3). Several people can be hit in one incident; each
    sees their own line.
    """

    _name = "aggression.affected.person"
    _description = "Person hit"
    _inherit = "aggression.confidential"
    _along = ("user_id", "name", "office_id")

    _guarded = frozenset({"incident_id", "user_id", "name", "office_id"})

    user_id = fields.Many2one("res.users", "Person", ondelete="restrict")
    name = SealedChar("Name, without account")
    office_id = fields.Many2one("aggression.office", required=True, ondelete="restrict")
    family_hit = fields.Boolean("Family was hit too")
    injury = fields.Selection(INJURIES, required=True, default="none")
    hospital = fields.Boolean("Admitted to hospital")
    lasting_harm = fields.Boolean("Lasting harm to health")
    impact = SealedText("What it does to this person")
    access_ids = fields.One2many("aggression.access", "affected_id", groups=".")
    aftercare_ids = fields.One2many("aggression.aftercare", "affected_id")

    # by the office too: what is left out altogether is not looked at
    @api.constrains("user_id", "name", "office_id")
    def _check_somebody(self):
        for person in self:
            somebody, meeting = person.user_id or person.name, person.office_id.world == "meeting"
            if not somebody and not meeting:
                raise ValidationError(
                    self.env._("Say who was hit: choose a person or give a name.")
                )
            # of a meeting the municipality decides, of a person that person alone (D1, H8)
            if somebody and meeting:
                raise ValidationError(
                    self.env._(
                        "A meeting is nobody: leave out the name, or choose the office of the "
                        "person who was hit."
                    )
                )

    def _about_one(self):
        return self

    def _has_part(self, *roles):
        """Tell whether the user has one of these parts concerning each of these people."""
        mine = (
            self.env["aggression.access"]
            .sudo()
            ._read_group(
                [
                    ("user_id", "=", self.env.uid),
                    ("affected_id", "in", self.ids),
                    ("role", "in", roles),
                ],
                ["affected_id"],
            )
        )
        return bool(self) and len(mine) == len(self)

    def _person_name(self):
        """Return the name to show to who may see this line."""
        return self.user_id.name or self.name or self.office_id.name

    @api.model
    def _of(self, incidents):
        """Return the lines of these cases that the user may see."""
        return incidents.with_env(self.env)._seen(self._name)

    def _oneself(self):
        """Return the user's own line among these, if the user was hit."""
        return self.filtered(lambda person: person.user_id == self.env.user)

    def _person_names(self):
        """Return the names of these people, to who may see their lines."""
        return ", ".join(person._person_name() for person in self)

    def _harm(self):
        """Return how this person was hurt, as values for the classification."""
        names = ("injury", "hospital", "lasting_harm")
        return {"affected_id": self.id, **{name: self[name] for name in names}}

    def _seriously_hurt(self):
        """Tell whether anybody was hurt so badly that the Labour Inspectorate may be told (D10)."""
        return any(p.injury != "none" for p in self) or self._lastingly_hurt()

    def _lastingly_hurt(self):
        """Tell whether anybody was taken to hospital or keeps harm of it."""
        return any(p.hospital or p.lasting_harm for p in self)
