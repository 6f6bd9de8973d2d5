from odoo import api, fields, models

from ..models.privacy.access import HANDLER
from ..models.privacy.sealing import SealedChar, SealedText


class SuggestedCauser(models.AbstractModel):
    """An earlier causer who may be the same, as a line on a screen.

    Promise: it shows the file's reference, in what it is alike and how many incidents there
    were; never a name or a case (A12, M5). Whoever goes on has it checked once more.
    """

    _name = "aggression.suggested.causer"
    _description = "Earlier causer who may be the same"
    _inherit = "aggression.own.line"

    causer_id = fields.Many2one("aggression.causer", "File of this case", required=True)
    earlier_id = fields.Many2one("aggression.causer", "Earlier file", required=True)
    alike = SealedChar("Alike in")
    incidents = fields.Integer("Earlier incidents")
    reason = SealedText("How you know")

    @api.model
    def _suggested(self, incident):
        """Return the commands that put on a screen what is suggested to who handles a case."""
        commands = [fields.Command.clear()]
        if incident._has_role(HANDLER):
            for causer in incident.causer_ids:
                commands += [
                    fields.Command.create(
                        {
                            "causer_id": causer.id,
                            "earlier_id": suggestion.earlier.id,
                            "alike": causer._alike_sentence(suggestion.alike),
                            "incidents": suggestion.incidents,
                        }
                    )
                    for suggestion in causer._suggestions(incident)
                ]
        return commands
