import random
from unittest.mock import patch

from odoo import api
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import retrying

from .own_database import OwnDatabase


class TestSettledAtOnce(OwnDatabase):
    """Of two who finish something at the same moment the second finds what the first has done."""

    @classmethod
    def tell(cls):
        case = cls()
        person = Command.create({"office_id": cls.office("council_meeting").id})
        cls.meeting = case.report(person_ids=[Command.clear(), person])
        case.classify(cls.meeting, "disturbing_meeting", "refusing_to_leave", by="clerk")
        cls.damaged = case.report(causer_kind="person", causer_name="J. Jansen")
        case.classify(cls.damaged, "threat")
        cls.note_damage(case.as_user("mayor", cls.damaged))
        case.as_user("mayor", cls.damaged.claim_ids)._join("By the prosecutor.")
        cls.other = case.report(causer_kind="person", causer_name="P. Pietersen")
        case.classify(cls.other, "threat")

    @staticmethod
    def note_damage(case):
        values = {"kind": "material", "what": "Glasses", "amount": 200.0}
        case.env["aggression.damage"]._note(case, case.env["aggression.affected.person"], values)

    def while_another(self, record, first, second):
        """Let somebody take a step, on what they saw before another took one and kept it.

        :param first: (login, step with the record) of who is first
        """
        login, step = second
        with self.registry.cursor() as cr:
            mine = api.Environment(cr, self.users[login].id, {})[record._name].browse(record.id)
            mine.sudo().read()  # what is so now is what this transaction sees from here on
            self.in_transaction(
                lambda env: first[1](env[record._name].browse(record.id)), self.users[first[0]]
            )
            with patch.object(random, "uniform", lambda *_bounds: 0):
                retrying(lambda: step(mine), mine.env)

    def test_the_last_two_voices(self):
        """H8: whoever of them comes last, the duty to decide together is done."""

        def speaks(code):
            def speak(case):
                role = case.env["aggression.role"].search([("code", "=", code)])
                case.env["aggression.joint.decision"]._speak(case, role, True, {})

            return speak

        clerk = self.users["clerk"]
        self.in_transaction(lambda env: speaks("council_clerk")(self.meeting.with_env(env)), clerk)
        self.while_another(
            self.meeting,
            ("mayor", speaks("mayor")),
            ("coordinator", speaks("aggression_coordinator")),
        )

        def told(env):
            case = self.meeting.with_env(env)
            return case._joint_decision(), self.duties(case, "meeting_declaration").state

        self.assertEqual(self.in_transaction(told), (True, "done"))

    def test_two_payments(self):
        """D2: what came in on a claim is never more than was owed."""

        def receives(claim):
            claim._receive(claim.sudo().incident_id.protocol_id._today(), 150.0, "Bank", False)

        claim = self.damaged.claim_ids
        with self.assertRaisesRegex(UserError, "more than is still owed"):
            self.while_another(claim, ("mayor", receives), ("coordinator", receives))
        paid = self.in_transaction(lambda env: claim.with_env(env).received)
        self.assertEqual(paid, 150.0)

    def test_two_damages(self):
        """D2: the causer gets one claim, whoever writes down the first damage."""
        self.while_another(
            self.other, ("mayor", self.note_damage), ("coordinator", self.note_damage)
        )
        claims = self.in_transaction(lambda env: len(self.other.with_env(env).claim_ids))
        self.assertEqual(claims, 1)
