from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Tell the web client whether this user can have tasks, and so a counter of them."""
        has_tasks = self.env["aggression.duty"].has_access("read")
        return {**super().session_info(), "aggression_has_tasks": has_tasks}
