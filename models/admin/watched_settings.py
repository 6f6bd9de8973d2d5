from odoo import models

from .off_limits import MODULE, holds_cases

MODULE_STATES = ("to install", "to upgrade", "to remove")


def is_ours(env, name):
    """Tell whether a model is one of this addon, the protocol's own data included."""
    model = env.registry.get(name)
    return model is not None and (model._original_module == MODULE or holds_cases(env, name))


class IrRule(models.Model):
    _name = "ir.rule"
    _inherit = ["aggression.watched", "ir.rule"]

    def _rows_of_change(self):
        return [
            {"kind": "rule", "what": f"{rule.model_id.model}, {rule.name or rule.id}"}
            for rule in self.sudo()
            if is_ours(self.env, rule.model_id.model)
        ]


class IrModelAccess(models.Model):
    _name = "ir.model.access"
    _inherit = ["aggression.watched", "ir.model.access"]

    def _rows_of_change(self):
        return [
            {"kind": "right", "what": f"{right.model_id.model}, {right.name}"}
            for right in self.sudo()
            if is_ours(self.env, right.model_id.model)
        ]


class IrConfigParameter(models.Model):
    _name = "ir.config_parameter"
    _inherit = ["aggression.watched", "ir.config_parameter"]

    def _rows_of_change(self):
        return [
            {"kind": "setting", "what": parameter.key}
            for parameter in self.sudo()
            if parameter.key.startswith((f"{MODULE}.", "aggression."))
        ]


class IrCron(models.Model):
    """Stopping the scheduled actions stops terms, notices and the end of emergency access."""

    _name = "ir.cron"
    _inherit = ["aggression.watched", "ir.cron"]
    _watched = frozenset({"active", "interval_number", "interval_type", "nextcall", "user_id"})

    def _rows_of_change(self):
        return [
            {"kind": "schedule", "what": cron.cron_name}
            for cron in self.sudo()
            if is_ours(self.env, cron.model_id.model)
        ]


class IrActionsServer(models.Model):
    """What code does cannot be guarded beforehand: that somebody wrote some is kept."""

    _name = "ir.actions.server"
    _inherit = ["aggression.watched", "ir.actions.server"]
    _watched = frozenset({"code", "state", "model_id"})

    def _rows_of_change(self):
        return [
            {"kind": "code", "what": f"{action.model_id.model}, {action.id}"}
            for action in self.sudo()
            if action.state == "code"
        ]


class IrUiView(models.Model):
    _name = "ir.ui.view"
    _inherit = ["aggression.watched", "ir.ui.view"]

    def _rows_of_change(self):
        return [
            {"kind": "screen", "what": view.xml_id or f"{view.model}, {view.id}"}
            for view in self.sudo()
            if is_ours(self.env, view.model) or (view.xml_id or "").startswith(f"{MODULE}.")
        ]


class IrModuleModule(models.Model):
    """Whoever installs, upgrades or takes out a module brings other code: this one or another."""

    _inherit = "ir.module.module"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") in MODULE_STATES:
            self.env["aggression.rights.change"]._add(
                {"kind": "module", "step": "changed", "what": f"{module.name}: {vals['state']}"}
                for module in self
            )
        return result
