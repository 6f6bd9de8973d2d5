from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class Incident(models.Model):
    """Who is kept out of a case: from its report on, and in what is counted for them (C5).

    Another municipality in the same database is kept out of everything (M5).
    """

    _inherit = "aggression.incident"

    @api.model
    def _existing_for(self, user_id):
        """Return the domain of the cases that ``user_id`` may learn about, even as a number.

        For code that counts in superuser mode on behalf of somebody.
        """
        return ~Domain(
            "exclusion_ids", "any", [("user_id", "=", user_id), ("lifted_at", "=", False)]
        )

    def _is_of_municipality(self, user):
        """Tell whether somebody works for the municipality whose case this is."""
        return user.active and self.sudo().company_id in user.sudo().company_ids

    def _kept_out(self):
        """Return the users who are kept out of these cases."""
        exclusions = self.sudo().exclusion_ids
        return exclusions.filtered(lambda exclusion: not exclusion.lifted_at).user_id

    def _keep_out_from_the_start(self, report):
        """Keep out whom the reporter named, before anybody gets a part in the case."""
        user_ids = set(report.get("excluded", ()))
        if not user_ids:
            return
        if self.env.uid in user_ids:
            raise UserError(self.env._("You cannot keep yourself out of your own report."))
        reason = report.get("exclusion_reason") or self.env._("Named by the reporter.")
        kept_out = self.env["aggression.exclusion"]._keep_out(self, user_ids, reason)
        self._log("excluded", ", ".join(kept_out.user_id.mapped("name")))
