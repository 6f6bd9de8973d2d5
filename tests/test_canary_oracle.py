from odoo.models import MAGIC_COLUMNS

from .complete_case import SCREENS
from .oracle import leads, routes, told
from .test_canary import INVOLVED, UNINVOLVED, CanaryCase

HOPS = 2
# Of a boolean every guess is true of something: whether the record is there is asked instead.
PLAIN = ("selection", "date", "datetime", "integer", "float")


class TestOracle(CanaryCase):
    """C09 to C11, M5: who may not read something cannot find it out by asking either.

    Asked is by every path of three fields, from every model that somebody can search to every
    field of what is confidential: once with the truth and once with what is nowhere. The answers
    have to be the same.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.targets = [*cls.case_models(), *SCREENS]
        cls.near = leads(cls.env, cls.targets, HOPS)

    def test_the_uninvolved(self):
        """No model, no path and no field answers to the truth otherwise than to a guess."""
        truth = {**self._words(()), **self._plain_values()}
        asked = {login: self._differences(login, truth) for login in (*UNINVOLVED, "anonymous")}
        self.assertEqual(asked, dict.fromkeys(asked, []))

    def test_the_involved(self):
        """Who has a part in the case finds nothing of what is not their part."""
        asked = {}
        for login in INVOLVED:
            asked[login] = self._differences(login, self._words(self.entitled(login)))
        self.assertEqual(asked, dict.fromkeys(asked, []))

    def test_it_would_be_found(self):
        """The questions are good ones: without the rules each model of a case would answer."""
        truth = {**self._words(()), **self._plain_values()}
        found = {name.split(":")[0] for name in self._differences(None, truth)}
        self.assertLessEqual(set(self.targets), found)

    def test_each_rule_is_missed(self):
        """C23: take away any one rule on reading, and these questions find it out."""
        truth = {**self._words(()), **self._plain_values()}
        of_cases = [("model_id.model", "in", self.case_models()), ("perm_read", "=", True)]
        for rule in self.env["ir.rule"].search(of_cases):
            name = rule.model_id.model
            if not self.model_as("uninvolved", name).has_access("read"):
                continue  # the outbox: no rule would let anybody in
            rule.active = False
            with self.subTest(rule=rule.name):
                self.assertTrue(self._differences("uninvolved", truth, [name]))
            rule.active = True

    def test_nobody_else_points_at_a_case(self):
        """C02, C09: no model of another module has a relation into a case."""
        own = self.addon_models()
        for model in self.env.registry.values():
            for field in () if model._abstract or model._name in own else model._fields.values():
                self.assertNotIn(field.comodel_name, self.targets, str(field))

    def _words(self, entitled):
        """Return {field: canaries in it that must stay unknown}; those in files cannot be asked."""
        truth = {}
        for word, (field, *_place) in self.planted.items():
            if word not in entitled and field.type != "binary":
                truth.setdefault(field, []).append(word)
        return truth

    def _plain_values(self):
        """Return {field: values in it} for what is no text: kinds, dates, numbers, relations."""
        truth = {}
        for name in self.targets:
            records = self.env[name].search([])
            for field in records._fields.values():
                plain = field.type in PLAIN and field.name not in MAGIC_COLUMNS[1:]
                if plain and field.store and field.column_type:
                    truth[field] = {record[field.name] for record in records} - {False}
        return truth

    def _differences(self, login, truth, starts=None):
        """Return what somebody, or superuser, can tell from a guess."""
        env = self.env(user=self.users[login]) if login else self.env
        names = []
        for start in starts or self.near:
            model = env[start]
            if model._abstract or not model.has_access("read"):
                continue
            for path, end in routes(env, start, self.near, HOPS):
                if end in SCREENS and SCREENS[end][0] == login:
                    continue  # what they typed themselves
                names += [f"{start}: {what}" for what in told(model, env[end], path, truth)]
        return names
