from odoo import api, fields, models
from odoo.exceptions import UserError

from ..privacy.access import CARER, DECIDER, HANDLER, PERSON_HIT

OPEN, WISHED, ARRANGED, NOT_NEEDED = "open", "wished", "arranged", "not_needed"


class Arrangement(models.Model):
    """One practical matter for one person hit: the home front, the declaration, the damage.

    Promise: each is asked about, opens the place where it is arranged, and ends as arranged or
    not needed (Z10). Only the person and the carer see it.
    """

    _name = "aggression.arrangement"
    _description = "To arrange for a person hit"
    _inherit = ["aggression.personal", "aggression.stateful"]
    _order = "aftercare_id, sequence, id"

    _guarded = frozenset(
        {"incident_id", "affected_id", "aftercare_id", "matter_id", "sequence", "state"}
    )
    _traced = ("incident_id", "affected_id", "aftercare_id")
    _transitions = {
        (before, after): None
        for before in (OPEN, WISHED, ARRANGED, NOT_NEEDED)
        for after in (WISHED, ARRANGED, NOT_NEEDED)
        if before != after
    }

    aftercare_id = fields.Many2one(
        "aggression.aftercare", required=True, index=True, readonly=True, ondelete="cascade"
    )
    matter_id = fields.Many2one(
        "aggression.practical.matter", "What", required=True, readonly=True, ondelete="restrict"
    )
    sequence = fields.Integer(readonly=True)
    opens = fields.Selection(related="matter_id.opens", related_sudo=False)
    state = fields.Selection(
        [
            (OPEN, "To be asked"),
            (WISHED, "Wished for"),
            (ARRANGED, "Arranged"),
            (NOT_NEEDED, "Not needed"),
        ],
        required=True,
        default=OPEN,
        readonly=True,
    )

    @api.model
    def _list_for(self, cares):
        """Put the protocol's practical matters on the list of these new cares.

        :param aggression.aftercare cares: of people who were hit, in superuser mode
        """
        rows = [
            {
                "incident_id": care.incident_id.id,
                "affected_id": care.affected_id.id,
                "aftercare_id": care.id,
                "matter_id": matter_id,
                "sequence": sequence,
            }
            for care in cares
            for matter_id, sequence in care.incident_id.protocol_id._matters()
        ]
        self.sudo()._unlocked().create(rows)

    def action_wished(self):
        """Record that this is wished for. By the person hit or the carer."""
        self._note(WISHED)

    def action_arranged(self):
        """Record that this has been arranged. By the person hit or the carer."""
        self._note(ARRANGED)

    def action_not_needed(self):
        """Record that this is not needed. By the person hit or the carer."""
        self._note(NOT_NEEDED)

    def _note(self, state):
        self.aftercare_id._require_part(PERSON_HIT, CARER)
        self.sudo()._move(state)

    def action_open(self):
        """Return the action that opens the place where this is arranged (Z10).

        :raises UserError: when it is arranged outside this application, or by others
        """
        self.ensure_one()
        self.aftercare_id._require_part(PERSON_HIT, CARER)
        if not self.opens:
            raise UserError(self.env._("This is arranged outside this application."))
        return getattr(self, f"_open_{self.opens}")()

    def _open_declaration(self):
        self._check_may_arrange(PERSON_HIT, HANDLER, DECIDER)
        return self.incident_id.action_declare()

    def _open_damage(self):
        self._check_may_arrange(PERSON_HIT, HANDLER, DECIDER)
        return self.incident_id.action_damage()

    def _open_home_front(self):
        return self.aftercare_id._action_refer_home_front()

    def _check_may_arrange(self, *roles):
        """Raise UserError for a carer who has no part in the case that lets them arrange this."""
        if not self.incident_id._has_role(*roles):
            raise UserError(
                self.env._(
                    "The person hit arranges this themselves in the case, or who handles the "
                    "case does it for them. Tell them that it is wished for."
                )
            )
