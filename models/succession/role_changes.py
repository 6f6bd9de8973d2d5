from odoo import api, models

from ..privacy.access import PERSON_HIT


class RoleAssignment(models.Model):
    """Every change in who holds a role takes effect at once; the daily action sees to dates."""

    _inherit = "aggression.role.assignment"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self.env["aggression.succession"]._run()
        return lines

    def write(self, vals):
        gone = self.user_id.ids if "user_id" in vals else ()
        result = super().write(vals)
        self.env["aggression.succession"]._run(gone)
        return result

    def unlink(self):
        gone = self.user_id.ids
        result = super().unlink()
        self.env["aggression.succession"]._run(gone)
        return result


class Role(models.Model):
    _inherit = "aggression.role"

    def write(self, vals):
        result = super().write(vals)
        if "substitute_id" in vals:
            self.env["aggression.succession"]._run()
        return result

    def unlink(self):
        # one by one in the ORM, so that the holders are handed over
        self.assignment_ids.unlink()
        return super().unlink()


class Users(models.Model):
    """Whoever leaves and has their account archived sees nothing any more, old or new (C5)."""

    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals and self._have_a_part():
            self.env.registry.clear_cache()
            self._get_own_cases_back()
            self.env["aggression.succession"]._run()
        return result

    def _have_a_part(self):
        """Tell whether any of these users holds a role, sees a case or was hit in one."""
        return any(
            self.env[name].sudo().search_count([("user_id", "in", self.ids)], limit=1)
            for name in (
                "aggression.role.assignment",
                "aggression.access",
                "aggression.affected.person",
            )
        )

    def _get_own_cases_back(self):
        """Give who returns the cases in which they were hit, and nothing else of old times."""
        persons = (
            self.env["aggression.affected.person"]
            .sudo()
            .search([("user_id", "in", self.ids), ("user_id.active", "=", True)])
        )
        self.env["aggression.access"]._grant(
            [
                person.incident_id._access_row(person.user_id.id, PERSON_HIT, "hit", person)
                for person in persons
            ]
        )
