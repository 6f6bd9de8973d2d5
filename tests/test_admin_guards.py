from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from ..models.admin.off_limits import FOOTHOLDS, holds_cases
from .complete_case import CompleteCase

REFUSED = "Not possible for cases of the aggression protocol"
OPEN = "aggression.measure.type"  # data of the protocol, where everybody may look


class TestAdminGuards(CompleteCase, HttpCase):
    """C5, M5: what an administrator can hang on any model does not hang on a case."""

    def values_for(self, model):
        """Return {(guarded model, in words): values that aim at this model}."""
        return {**self._things_that_run(model), **self._things_that_hang_on(model)}

    def _things_that_run(self, model):
        model_id = self.env["ir.model"]._get_id(model)
        partner = self.env["ir.model"]._get_id("res.partner")
        window = self.env["ir.actions.act_window"].search([], limit=1).id
        code = {"name": "x", "model_id": model_id, "state": "code", "code": "records.read()"}
        return {
            ("ir.actions.server", "code"): code,
            ("ir.actions.server", "creates"): {
                **{"name": "x", "model_id": partner, "state": "object_create"},
                "crud_model_id": model_id,
            },
            ("ir.cron", "code"): {**code, "interval_number": 1, "interval_type": "days"},
            ("mail.template", "text"): {"name": "x", "model_id": model_id},
            ("ir.actions.report", "print"): {
                **{"name": "x", "model": model, "report_name": "x.y"},
                "report_type": "qweb-html",
            },
            ("mail.alias", "address"): {"alias_name": "x", "alias_model_id": model_id},
            ("mail.alias", "owner"): {
                **{"alias_name": "y", "alias_model_id": partner},
                "alias_parent_model_id": model_id,
            },
            ("ir.embedded.actions", "button"): {
                **{"parent_res_model": model, "parent_action_id": window, "name": "x"},
                "python_method": "action_close",
            },
        }

    def _things_that_hang_on(self, model):
        model_id = self.env["ir.model"]._get_id(model)
        column = [("model", "=", model), ("ttype", "in", ("char", "text", "selection"))]
        record_id = self.env[model].search([], limit=1).id
        about = {"res_model": model, "res_id": record_id}
        field = {"field_description": "x", "ttype": "char"}
        link = {"model_id": self.env["ir.model"]._get_id("res.partner"), "relation": model}
        return {
            ("ir.filters", "for everybody"): {"name": "x", "model_id": model, "user_ids": []},
            ("ir.filters", "for another"): {
                **{"name": "x", "model_id": model},
                "user_ids": [Command.set(self.users["employee"].ids)],
            },
            ("ir.exports", "list"): {"name": "x", "resource": model},
            ("ir.default", "value"): {
                "field_id": self.env["ir.model.fields"].search(column, limit=1).id,
                "json_value": '"note"',
            },
            ("ir.model.fields", "on it"): {**field, "model_id": model_id, "name": "x_one"},
            ("ir.model.fields", "to it"): {**field, **link, "name": "x_two", "ttype": "many2one"},
            ("mail.activity", "to do"): {"res_model_id": model_id, "res_id": record_id},
            ("mail.followers", "follower"): {**about, "partner_id": self.env.user.partner_id.id},
            ("mail.message", "note"): {"model": model, "res_id": record_id, "body": "x"},
            ("ir.attachment", "file"): {**about, "name": "x", "datas": "eA=="},
        }

    def refused(self, call):
        with self.assertRaisesRegex(ValidationError, REFUSED), self.env.cr.savepoint():
            call()

    def test_every_foothold_is_tried(self):
        """No guard without its attempt, but for models of modules that are not here."""
        tried = {model for model, _how in self.values_for("aggression.incident")}
        there = {name for name in FOOTHOLDS if name in self.env}
        untried = {"mail.activity.plan", "mail.scheduled.message"}
        self.assertLessEqual(there - untried - {"base.automation", "sms.template"}, tried)

    def test_as_superuser(self):
        """Superuser mode is no way round: for a case, its facts, a screen and the logs."""
        for model in ("aggression.incident", "aggression.talk", "aggression.rights.change"):
            for (name, how), values in self.values_for(model).items():
                with self.subTest(model=model, foothold=name, how=how):
                    self.refused(lambda name=name, values=values: self.env[name].create(values))

    def test_every_case_model(self):
        for name in self.addon_models():
            policy = isinstance(self.env[name], self.env.registry["aggression.policy"])
            self.assertEqual(holds_cases(self.env, name), not policy, name)
            if not policy:
                values = self.values_for(name)["ir.actions.server", "code"]
                self.refused(lambda values=values: self.env["ir.actions.server"].create(values))

    @mute_logger("odoo.sql_db")
    def test_the_same_elsewhere(self):
        """The attempts themselves are right: aimed at the protocol's data they pass."""
        for (name, how), values in self.values_for(OPEN).items():
            if name in ("mail.activity", "ir.embedded.actions"):
                continue  # they have demands of their own
            with self.subTest(foothold=name, how=how), self.env.cr.savepoint():
                self.assertTrue(self.env[name].create(values))

    def test_moved_onto_a_case(self):
        """What was made elsewhere does not move to a case afterwards."""
        case, plain = self.values_for("aggression.incident"), self.values_for(OPEN)
        for key in (
            ("ir.actions.server", "code"),
            ("mail.template", "text"),
            ("ir.exports", "list"),
            ("ir.attachment", "file"),
            ("mail.message", "note"),
        ):
            record = self.env[key[0]].create(plain[key])
            self.refused(lambda record=record, key=key: record.write(case[key]))

    def test_what_the_addon_brought_itself(self):
        """The addon's own scheduled actions and reports cannot be given other work."""
        cron = self.env.ref("aggression_protocol.cron_sweep_duties")
        self.refused(lambda: cron.write({"code": "env['aggression.facts'].search([]).read()"}))
        report = self.env["ir.actions.report"].search([("model", "=", "aggression.decision")])[:1]
        self.refused(lambda: report.write({"attachment": "'x'"}))
        cron.write({"interval_number": 7})
        self.assertEqual(cron.interval_number, 7, "how often is the administrator's to say")

    def test_a_filter_of_ones_own(self):
        """A favourite for oneself stays possible; sharing it does not."""
        own = {
            "name": "Mine",
            "model_id": "aggression.incident",
            "user_ids": [Command.set(self.users["clerk"].ids)],
        }
        favourite = self.model_as("clerk", "ir.filters").create(own)
        self.refused(lambda: favourite.write({"user_ids": [Command.clear()]}))
        self.refused(lambda: favourite.sudo().write({"user_ids": [Command.link(2)]}))

    def test_a_field_that_leads_to_a_case(self):
        """A related field is followed along its whole path."""
        values = {
            "model_id": self.env["ir.model"]._get_id("res.users"),
            "name": "x_three",
            "field_description": "x",
            "ttype": "char",
        }
        plain = self.env["ir.model.fields"].new({**values, "state": "manual", "model": "res.users"})
        plain.related = "company_id.name"
        self.assertNotIn("aggression.incident", list(plain._models_aimed_at()))
        path = self.env["ir.model.fields"].new({**values, "state": "manual"})
        path.update({"model": "aggression.role", "related": "name"})
        self.assertFalse(any(holds_cases(self.env, name) for name in path._models_aimed_at()))
        path.update({"model": "aggression.facts", "related": "incident_id.reference"})
        self.assertIn("aggression.incident", list(path._models_aimed_at()))

    def test_in_the_language_of_the_user(self):
        """The sentence names what was tried, and is one sentence."""
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            self.env["ir.exports"].create({"name": "x", "resource": "aggression.facts"})
        sentence = str(caught.exception)
        self.assertIn(self.env["ir.model"]._get("ir.exports").name, sentence)
        self.assertTrue(sentence.endswith("who may see a case."))

    # -- as the administrator, through the network ------------------------------------------

    def wire(self, route, model, values):
        if route == "json-rpc":
            call = {"model": model, "method": "create", "args": [[values]], "kwargs": {}}
            return self.url_open(
                "/web/dataset/call_kw", json={"jsonrpc": "2.0", "params": call}
            ).text
        admin = self.env(user=self.users["administrator"])
        key = admin["res.users.apikeys"].sudo()._generate("rpc", "guards", None)
        return self.url_open(
            f"/json/2/{model}/create",
            json={"vals_list": [values]},
            headers={"Authorization": f"Bearer {key}"},
        ).text

    @mute_logger("odoo.http")
    def test_over_the_wire(self):
        """C58: the administrator by JSON-RPC and JSON-2; what passes is undone and fails here."""
        self.authenticate("administrator", "administrator")
        for route in ("json-rpc", "json-2"):
            for (name, how), values in self.values_for("aggression.facts").items():
                answer = self.wire(route, name, values)
                with self.subTest(route=route, foothold=name, how=how):
                    # the administrator has no rights on a case, which is a refusal as well
                    self.assertRegex(answer, f"{REFUSED}|not allowed|AccessError")
        answer = self.wire(
            "json-rpc",
            "ir.actions.server",
            {
                "name": "x",
                "model_id": self.env["ir.model"]._get_id("aggression.facts"),
                "state": "code",
            },
        )
        self.assertIn(REFUSED, answer)

    def test_as_administrator(self):
        """The administrator in person, by ORM."""
        for (name, how), values in self.values_for("aggression.incident").items():
            with (
                self.subTest(foothold=name, how=how),
                self.assertRaises(UserError),
                self.env.cr.savepoint(),
            ):
                self.model_as("administrator", name).create(values)
