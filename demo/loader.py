from odoo import api, models


class Demo(models.AbstractModel):
    """The way from the demo data to the stories: a data file can only call a model."""

    _name = "aggression.demo"
    _description = "Demo stories"

    @api.model
    def _tell(self):
        """Tell the stories once, in Dutch, each by the people whose story it is."""
        if self.env["aggression.incident"].search_count([], limit=1):
            return
        # Odoo loads translations after the demo data; sentences that are kept need them now.
        self.env["ir.module.module"]._get("aggression_protocol")._update_translations()
        # Only here: nobody who runs without demo data needs to read that file.
        from . import stories

        stories.load(self.env)
