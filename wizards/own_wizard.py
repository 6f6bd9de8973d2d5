from odoo import fields, models
from odoo.exceptions import AccessError


class OwnWizard(models.AbstractModel):
    """A screen that is filled in by one person.

    Promise: what is typed here can be read by whoever typed it and by nobody else (a global rule
    on the creator), and is gone as soon as the step is taken.
    """

    _name = "aggression.own.wizard"
    _description = "Screen of one person"

    def _require_own(self):
        """Raise AccessError when somebody drives another person's screen by a remote call."""
        self.ensure_one()
        if self.create_uid != self.env.user:
            raise AccessError(self.env._("This screen belongs to somebody else."))

    def _finish(self, incident):
        """Delete what was typed and return the action that shows the case, if the user may."""
        self.sudo().unlink()
        return incident.with_env(self.env)._action_show()


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _action_show(self):
        if not self.has_access("read"):
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref("aggression_protocol.incident_view_form").id, "form")],
            "target": "main",
        }

    def _action_wizard(self, model, name):
        """Return the action that opens the wizard ``model`` on this case."""
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_incident_id": self.id},
        }


class Reference(models.AbstractModel):
    """The case a wizard is about, which its user must be able to read."""

    _name = "aggression.case.wizard"
    _description = "Screen about one case"
    _inherit = "aggression.own.wizard"

    incident_id = fields.Many2one("aggression.incident", required=True, readonly=True)

    def _require_case(self, *roles):
        """Raise AccessError unless this is the user's own screen and their own case."""
        self._require_own()
        self.sudo().incident_id.with_env(self.env)._require(*roles)
