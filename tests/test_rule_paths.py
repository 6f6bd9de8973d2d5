from odoo.fields import Command, Domain
from odoo.tools.safe_eval import safe_eval

from .complete_case import CompleteCase


class TestRulePaths(CompleteCase):
    """What a record rule looks at on its way stays out of sight."""

    def test_lists_that_rules_walk(self):
        """M5: checking a rule fills the cache with all of a list; nobody can read such a list."""
        for rule in self.env["ir.rule"].search([("model_id.model", "=like", "aggression.%")]):
            model = self.env[rule.model_id.model]
            domain = safe_eval(rule.domain_force, rule._eval_context())
            for model_name, name in _lists_walked(model, Domain(domain)):
                with self.subTest(rule=rule.name, field=name):
                    self.assertEqual(self.env[model_name]._fields[name].groups, ".")

    def test_causer_of_a_case_that_is_not_mine(self):
        """A12, M5: the causer's form opens, with the reader's own cases and no sign of others."""
        other, causer = self.cases[1], self.cases[0].causer_ids
        other._unlocked().causer_ids = [Command.link(causer.id)]
        seen = self.as_user("clerk", causer)
        seen.check_access("read")
        values = seen.web_read({"case_ids": {"fields": {"state": {}}}})
        self.assertEqual([case["id"] for case in values[0]["case_ids"]], self.cases[0].ids)


def _lists_walked(model, domain):
    """Yield (model, field) of every list of records through which a domain goes."""
    for condition in domain.iter_conditions():
        here = model
        for name in condition.field_expr.split("."):
            field = here._fields[name]
            if field.type in ("one2many", "many2many"):
                yield here._name, name
            here = here.env.get(field.comodel_name, here)
        if condition.operator in ("any", "not any"):
            yield from _lists_walked(here, Domain(condition.value))
