from datetime import datetime

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time
from odoo.tools import mute_logger

from .common import ProtocolCase

NOW = "2026-03-06 22:10:00"


@freeze_time(NOW)
class TestDemand(ProtocolCase):
    """A5: an office-holder tells a citizen to leave; after three refusals the police come."""

    def setUp(self):
        super().setUp()
        self.case = self.report()

    def screen(self, by="clerk", **values):
        model = self.model_as(by, "aggression.demand.wizard")
        return model.create({"incident_id": self.case.id, "where": "At the counter", **values})

    def refuse(self, times=1, by="clerk", **values):
        for _time in range(times):
            self.screen(by, **values).action_refused()
        self.case.invalidate_recordset()

    def told(self, login="clerk"):
        return self.as_user(login, self.case).told_to_leave

    def kinds(self):
        return self.case.entry_ids.sorted("id").mapped("kind")

    def test_three_refusals(self):
        """A5: told to leave outside a meeting; the third refusal is trespass, and the police are
        called within the hour by the public-order officer."""
        self.assertFalse(self.told())
        self.refuse(2)
        self.assertEqual(self.told(), "Refused to leave 2 of 3 times.")
        self.assertFalse(self.duties(self.case, "trespass"))
        self.assertNotIn("order_officer", self.who(self.case))
        self.refuse(at="2026-03-06 22:05:00")
        duty = self.duties(self.case, "trespass")
        self.assertEqual((duty.user_id.login, duty.fulfilment), ("order_officer", "note"))
        self.assertEqual(str(duty.due_at), "2026-03-06 23:05:00", "an hour from the refusal")
        self.assertIn("handler", self.who(self.case)["order_officer"])
        self.assertIn("trespass", self.told())
        self.assertEqual(self.kinds().count("told_to_leave"), 3)
        self.assertEqual(self.kinds().count("trespass"), 1)
        self.assertTrue(duty._is_urgent(), "the notice does not wait for the morning")

    def test_once(self):
        """A5: a fourth refusal is counted and calls nobody a second time."""
        self.refuse(4)
        self.assertEqual(len(self.duties(self.case, "trespass")), 1)
        self.assertEqual(self.kinds().count("trespass"), 1)
        self.assertIn("Refused to leave 4 times", self.told())

    def test_the_call_is_logged(self):
        """A5: the officer writes down that the police were called, and it is in the timeline."""
        self.refuse(3)
        duty = self.as_user("order_officer", self.duties(self.case, "trespass"))
        screen = self.model_as("order_officer", "aggression.duty.completion")
        screen.create({"duty_id": duty.id, "note": "Called 112 at 22:12."}).action_done()
        self.case.invalidate_recordset()
        self.assertEqual(duty.state, "done")
        self.assertIn("Called 112 at 22:12.", self.case.entry_ids[0].text)

    def test_late_on_paper(self):
        """A5: written down hours later, the duty is overdue from its first minute."""
        self.refuse(3, at="2026-03-06 20:00:00")
        self.assertEqual(str(self.duties(self.case, "trespass").due_at), "2026-03-06 21:00:00")

    def test_one_click(self):
        """A5: told again and refused again takes one click; speaker and place stay the same."""
        self.refuse(by_name="Alderman De Vries", where="Room 3")
        mayor = self.as_user("mayor", self.case)
        mayor.action_refused_again()
        mayor.action_refused_again()
        last = self.case.demand_ids[-1:]
        said = (last.number, last.by_name, last.where, str(last.at), last.refused)
        self.assertEqual(said, (3, "Alderman De Vries", "Room 3", NOW, True))
        self.assertTrue(self.duties(self.case, "trespass"))

    def test_one_click_needs_a_first_time(self):
        with self.assertRaisesRegex(UserError, "Nobody was told to leave yet"):
            self.as_user("clerk", self.case).action_refused_again()

    def test_who_left(self):
        """A5: whoever leaves when told refused nothing."""
        self.screen().action_left()
        self.assertEqual(self.told(), "Was told to leave, and left.")
        self.refuse(2)
        self.assertFalse(self.duties(self.case, "trespass"))

    def test_as_many_times_as_the_protocol_says(self):
        """A5: how many refusals bring the police is data, and goes along to a new version."""
        self.protocol.refusals_to_police = 2
        self.assertEqual(self.protocol.copy().refusals_to_police, 2)
        self.refuse()
        self.assertEqual(self.told(), "Refused to leave 1 of 2 times.")
        self.refuse()
        self.assertTrue(self.duties(self.case, "trespass"))
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.CheckViolation):
            self.protocol.refusals_to_police = 0
            self.protocol.flush_recordset()

    def test_the_screen(self):
        """A5: filled in with this moment and with who fills it in, who can be another."""
        action = self.as_user("clerk", self.case).action_told_to_leave()
        model = self.model_as("clerk", action["res_model"])
        form = Form(model.with_context(**action["context"]))
        self.assertEqual((str(form.at), form.by_name), (NOW, "Name of clerk"))
        form.by_name = "Guard at the door"
        form.save().action_refused()
        self.assertEqual(self.case.demand_ids.by_name, "Guard at the door")

    def test_what_is_refused(self):
        later = {"at": datetime(2026, 3, 6, 22, 11)}
        for values, words in ((later, "not in the future"), ({"by_name": " "}, "who told them")):
            with self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                self.refuse(**values)
        self.classify(
            self.case, "raised_voice_policy", directed="no", aim="none", closing_reason="Sorry."
        )
        with self.assertRaisesRegex(UserError, "case is closed"):
            self.refuse()

    def test_who_records_it(self):
        """A5, C5: whoever works on the case; for the person hit and others it is not there."""
        self.refuse(by="mayor")
        demand = self.case.demand_ids
        for login in ("councillor", "uninvolved", "employee", "administrator"):
            with self.subTest(login=login):
                with self.assertRaises(AccessError):
                    self.as_user(login, self.case).action_told_to_leave()
                with self.assertRaises(AccessError):
                    self.as_user(login, self.case).action_refused_again()
                with self.assertRaises(AccessError):
                    self.as_user(login, demand).read(["at"])
        self.assertFalse(self.told("councillor"))

    def test_two_at_once(self):
        """A5: of two who write at the same moment one is asked to try again, so all count."""
        self.refuse()
        twin = {**self.case.demand_ids.copy_data()[0], "number": 1}
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.errors.UniqueViolation):
            self.env["aggression.demand"]._unlocked().create(twin)
