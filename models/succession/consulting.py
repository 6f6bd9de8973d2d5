from odoo import api, models


class Succession(models.AbstractModel):
    _inherit = "aggression.succession"

    @api.model
    def _run(self, gone=(), progress=lambda done: None):
        """Let questions in doubt go along with the role that was asked (M9)."""
        result = super()._run(gone, progress)
        everything = self.env["aggression.consultation"].sudo()
        everything.search([("id", "!=", False)])._follow_role()
        return result


class Exclusion(models.Model):
    """Who is kept out of a case is kept out of the question that it came from (C5, M9)."""

    _inherit = "aggression.exclusion"

    @api.model
    def _keep_out(self, incident, user_ids, reason):
        kept_out = super()._keep_out(incident, user_ids, reason)
        kept_out._close_questions()
        return kept_out

    def _lift(self, reason):
        result = super()._lift(reason)
        self._close_questions()
        return result

    def _close_questions(self):
        became = [("incident_id", "in", self.sudo().incident_id.ids)]
        self.env["aggression.consultation"].sudo().search(became)._follow_role()
