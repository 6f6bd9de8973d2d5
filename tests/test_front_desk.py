from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user

from .common_read_log import ReadLogMixin
from .measured import NOON, MeasureCase
from .screens import FILE

LINE = "aggression.front.desk.line"
KNOWN = {"who", "type_id", "buildings", "date_from", "date_to", "exceptions", "picture"}
OF_ODOO = {"id", "display_name", "create_uid", "create_date", "write_uid", "write_date"}


@freeze_time(NOON)
class TestFrontDesk(ReadLogMixin, MeasureCase):
    """What the front desk knows of a ban, and for how long."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["receptionist"] = new_test_user(
            cls.env, "receptionist", "aggression_protocol.group_front_desk", tz="Europe/Amsterdam"
        )

    def lines(self, login="receptionist"):
        return self.model_as(login, LINE).with_context(tz="Europe/Amsterdam").search([])

    def show(self, ban, text="They do not know his face.", picture=FILE, by="coordinator"):
        values = {"text": text, "picture": picture}
        self.take(by, ban, "action_show_picture", "action_save", **values)

    def test_what_it_shows(self):
        """A4, A6: a name, buildings, a period and what stays open; nothing of the case."""
        self.running_ban()
        line = self.lines()
        fields_shown = set(line.fields_get())
        self.assertLessEqual(fields_shown - OF_ODOO, KNOWN | {"company_id"})
        values = line.read()[0]
        self.assertEqual((values["who"], values["buildings"]), ("J. Jansen", "Town hall"))
        self.assertIn("passport", values["exceptions"].lower())
        told = str(values)
        for secret in (self.incident.reference, "councillor", "threat", str(self.users["mayor"])):
            self.assertNotIn(secret, told)

    def test_who_sees_it(self):
        """A4, C5: who works at the front desk; no other employee, and no administrator."""
        self.running_ban()
        for login in ("employee", "clerk", "mayor", "councillor", "administrator"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.lines(login)
        with self.assertRaises(AccessError):
            self.lines().write({"buildings": "Elsewhere"})

    def test_reading_it_is_logged(self):
        """C5: who looked at the list is in the read log, with the case that it was about."""
        self.running_ban()
        self.env.flush_all()
        self.forget()
        self.lines().read(["who"])
        rows = self.readings(model=LINE)
        self.assertEqual(rows.user_id.login, "receptionist")
        self.assertEqual(rows.incident_id, self.incident)

    def test_from_the_first_to_the_last_day(self):
        """A4: not a day before the ban and not a day after it, before anything was run."""
        line = self.line("building_ban", "2026-09-09", date_from="2026-04-01")
        self.send(self.decide_on(line))
        days = (
            ("2026-03-31 21:59:00", 0),
            ("2026-03-31 22:01:00", 1),
            ("2026-09-09 21:59:00", 1),
            ("2026-09-09 22:01:00", 0),
        )
        for moment, count in days:
            with self.subTest(moment=moment):
                self.at(moment)
                self.assertEqual(len(self.lines()), count)

    def test_only_what_keeps_somebody_out(self):
        """A2, A4: a warning is nothing for the front desk."""
        self.send(self.decide_on(self.line("written_warning", "2027-03-09")))
        self.assertFalse(self.lines())

    def test_a_picture(self):
        """A4: only with a picture and the reason why it may be shown; it goes with the ban."""
        ban = self.running_ban()
        for values in ({"text": " "}, {"picture": False}):
            with self.assertRaisesRegex(UserError, "write down why it may be shown"):
                self.show(ban, **values)
        with self.assertRaises(AccessError):
            self.show(ban, by="uninvolved")
        self.show(ban)
        self.assertTrue(self.lines().picture)
        self.assertNotIn("lawful", self.lines().fields_get(), "why is no business of the desk")
        self.assertIn("They do not know his face.", self.incident.entry_ids[0].text)
        self.take("mayor", ban, "action_lift", "action_save", text="He apologised.")
        self.assertFalse(self.lines())

    def test_no_picture_of_others(self):
        """A4: nobody's picture hangs at the desk who may come in."""
        decision = self.decide_on(self.line("written_warning", "2027-03-09"))
        self.send(decision)
        with self.assertRaisesRegex(UserError, "no such measure on its list"):
            self.show(decision.measure_ids)

    def test_the_name_is_corrected(self):
        """A4, C5: the desk reads the name as it is known now."""
        ban = self.running_ban()
        ban.causer_id.name = "J. Janssen"
        self.assertEqual(self.lines().who, "J. Janssen")
