from odoo import api, models
from odoo.exceptions import ValidationError

MODULE = "aggression_protocol"

# What an administrator can hang on any model, by the fields that say which. Where a module is not
# there its models are passed over; where it comes later they are guarded from then on.
FOOTHOLDS = {
    "auditlog.rule": ("model_id",),
    "base.automation": ("model_id",),
    "ir.actions.report": ("model",),
    "ir.actions.server": ("model_id", "crud_model_id"),
    "ir.attachment": ("res_model",),
    "ir.default": ("field_id",),
    "ir.embedded.actions": ("parent_res_model",),
    "ir.exports": ("resource",),
    "ir.filters": ("model_id",),
    "ir.model.fields": ("model", "relation", "related"),
    "mail.activity": ("res_model",),
    "mail.activity.plan": ("res_model",),
    "mail.alias": ("alias_model_id", "alias_parent_model_id"),
    "mail.followers": ("res_model",),
    "mail.message": ("model",),
    "mail.scheduled.message": ("model",),
    "mail.template": ("model_id",),
    "sms.template": ("model_id",),
    "tier.definition": ("model_id",),
}


def holds_cases(env, name):
    """Tell whether a model holds something of a case, or is a screen or a log about cases.

    That is every model of this addon but the protocol's own data, and what another addon makes
    of the same kind.
    """
    model = env.registry.get(name)
    if model is None or issubclass(model, env.registry["aggression.policy"]):
        return False
    kinds = tuple(env.registry[f"aggression.{kind}"] for kind in ("guarded", "own.wizard"))
    return model._original_module == MODULE or issubclass(model, kinds)


class Base(models.AbstractModel):
    """What works on any model keeps off the models of cases.

    Promise: no server action, scheduled action, template, report, message, follower, activity,
    attachment, default, shared filter, export list or field of one's own is ever made for a case,
    by whoever, an administrator and superuser mode included (C5, M5). Only the data files of a
    module that is being installed pass, which is code. What code says in words cannot be
    guarded: docs/security.md.
    """

    _inherit = "base"

    @api.constrains(lambda self: self._fields_of_a_foothold())
    def _check_keeps_off_cases(self):
        if not self.pool.ready:
            return
        for record in self:
            if any(holds_cases(self.env, name) for name in record._models_aimed_at()):
                kind = self.env["ir.model"]._get(self._name).name
                raise ValidationError(
                    self.env._(
                        "Not possible for cases of the aggression protocol, not for an "
                        "administrator either: %(kind)s would pass by who may see a case.",
                        kind=kind,
                    )
                )

    def _fields_of_a_foothold(self):
        """Return every field that can be written, so that nothing made for us changes its work."""
        fields = self._fields.values() if self._name in FOOTHOLDS else ()
        return [field.name for field in fields if field.store or field.inverse or field.inherited]

    def _models_aimed_at(self):
        """Yield the names of the models that this record works on."""
        for name in FOOTHOLDS[self._name]:
            value = self[name] if name in self._fields else False
            yield from value.mapped("model") if isinstance(value, models.BaseModel) else [value]


class IrFilters(models.Model):
    _inherit = "ir.filters"

    def _models_aimed_at(self):
        """Leave alone what somebody keeps for themself: others cannot read it."""
        if len(self.user_ids) == 1 and self.user_ids == self.create_uid:
            return iter(())
        return super()._models_aimed_at()


class IrModelFields(models.Model):
    _inherit = "ir.model.fields"

    def _models_aimed_at(self):
        """Look at fields that people add, and at each step of what these are related to."""
        if self.state != "manual":
            return
        yield self.model
        yield self.relation
        model = self.env.get(self.model)
        for step in (self.related or "").split(".") if model is not None else ():
            field = model._fields.get(step)
            yield field and field.comodel_name
            model = self.env.get(field and field.comodel_name)
            if model is None:
                break
