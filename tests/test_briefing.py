from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time

from .canary import crawl, plant
from .complete_case import MORNING
from .followed import FollowedCase
from .measured import NOON
from .test_canary import CanaryCase
from .told.communication import INFORMED

TEAM = ("clerk", "coordinator", "mayor")
WORDS = "She was threatened and needs some rest. Do not ask her about it."


@freeze_time(NOON)
class TestBriefing(FollowedCase):
    """C4: a colleague is informed with consent, in words that the person hit has approved."""

    def word(self, text=WORDS, by="clerk"):
        self.take(by, self.incident, "action_brief", "action_save", text=text)
        return self.env["aggression.briefing"].search([])

    def approve(self, briefing, by="councillor"):
        self.as_user(by, briefing).action_approve()
        self.env.invalidate_all()

    def inform(self, briefing, login="other_councillor", until="2026-03-16", by="clerk"):
        values = {"user_id": self.users[login].id, "until": until}
        self.take(by, briefing, "action_inform", "action_save", **values)

    def informed(self):
        self.consent("briefing")
        briefing = self.word()
        self.approve(briefing)
        self.inform(briefing)
        return briefing

    def test_other_words_than_on_the_screen(self):
        """C4: whoever approves has read these words, not those that they took the place of."""
        self.consent("briefing")
        briefing = self.word()
        shown = self.as_user("councillor", briefing).with_context(version_read=briefing.version)
        self.word("She was threatened at home, and is afraid.")
        with self.assertRaisesRegex(UserError, "Read them again"):
            shown.action_approve()
        self.assertEqual(briefing.state, "written")
        shown.with_context(version_read=briefing.version).action_approve()
        self.assertEqual(briefing.state, "approved")

    def read_by(self, login):
        return self.model_as(login, "aggression.briefing").search([]).text or ""

    def test_informed(self):
        """C4, C5: the colleague reads these words and nothing else of the case."""
        self.informed()
        for login in ("other_councillor", "councillor", *TEAM):
            self.assertEqual(self.read_by(login), WORDS, login)
        for login in ("alderman", "uninvolved", "employee", "administrator", "officer"):
            self.assertFalse(self.read_by(login), login)
        seen = self.model_as("other_councillor", "aggression.briefing").search([])
        self.assertFalse(seen.person)
        self.assertFalse(seen.readers, "nor who else was informed")
        for name in ("incident", "affected.person", "facts", "access", "consent"):
            found = self.model_as("other_councillor", f"aggression.{name}").search([])
            self.assertFalse(found, name)
        self.assertIn("Name of other_councillor until", self.readers("councillor"))

    def readers(self, login):
        return self.model_as(login, "aggression.briefing").search([]).readers

    def test_without_consent(self):
        """C4: nothing is written for others, whatever else the person agreed to."""
        self.declare()
        self.consent("communication")
        with self.assertRaisesRegex(UserError, "Nobody who was hit has agreed"):
            self.word()
        clerk = self.as_user("clerk", self.incident.affected_ids)
        with self.assertRaisesRegex(UserError, "consent of the person hit"):
            self.env["aggression.briefing"].with_env(clerk.env)._word(clerk, WORDS)

    def test_not_before_the_person_has_read_it(self):
        """C4: approved by the person hit alone; other words are to be approved again."""
        self.consent("briefing")
        briefing = self.word()
        with self.assertRaisesRegex(UserError, "has not approved these words"):
            self.inform(briefing)
        for login in (*TEAM, "other_councillor", "administrator"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.approve(briefing, by=login)
        self.approve(briefing)
        self.inform(briefing)
        self.word("Other words.")
        self.assertFalse(self.read_by("other_councillor"))
        self.approve(briefing)
        self.assertEqual(self.read_by("other_councillor"), "Other words.")

    def test_consent_taken_back(self):
        """C4: at once, for the colleague and the case team; it cannot be approved either."""
        briefing = self.informed()
        self.consent()
        for login in ("other_councillor", *TEAM):
            self.assertFalse(self.read_by(login), login)
            with self.assertRaises(AccessError):
                self.as_user(login, briefing).read(["text"])
        self.assertEqual(self.read_by("councillor"), WORDS)
        briefing._move("written")
        with self.assertRaisesRegex(UserError, "What you agree to"):
            self.approve(briefing)

    def test_ends_at_its_day(self):
        """C4: by itself, with no scheduled action; a later day can be set before or after."""
        briefing = self.informed()
        self.at("2026-03-16")
        self.assertTrue(self.read_by("other_councillor"))
        self.at("2026-03-17")
        self.assertFalse(self.read_by("other_councillor"))
        with self.assertRaisesRegex(UserError, "until which day"):
            self.inform(briefing, until="2026-03-16")
        self.inform(briefing, until="2026-03-20")
        self.assertTrue(self.read_by("other_councillor"))
        self.assertEqual(len(briefing.reader_row_ids), 1)

    def test_who_is_kept_out(self):
        """C5: is not informed, and reads it no more when that turns out later."""
        briefing = self.informed()
        values = {"user_id": self.users["other_councillor"].id, "reason": "His brother."}
        self.take("clerk", self.incident, "action_keep_out", "action_save", **values)
        self.assertFalse(self.read_by("other_councillor"))
        with self.assertRaisesRegex(UserError, "kept out"):
            self.inform(briefing)

    def test_who_cannot_be_informed(self):
        """C4: who knows the case already, or is no colleague."""
        briefing = self.informed()
        for login in ("councillor", "clerk"):
            with self.subTest(login), self.assertRaisesRegex(UserError, "knows the case already"):
                self.inform(briefing, login)
        with self.assertRaisesRegex(UserError, "a colleague with an account"):
            self.inform(briefing, "stranger")

    def test_who_informs(self):
        """C4: who handles the case or decides in it; not the person hit, nor the colleague."""
        briefing = self.informed()
        for login in ("councillor", "other_councillor", "uninvolved"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.as_user(login, briefing).action_inform()
            with self.assertRaises(AccessError):
                self.as_user(login, self.incident).action_brief()
        with self.assertRaisesRegex(UserError, "Write down what a colleague may read"):
            self.word(" ")

    def test_what_i_agree_to(self):
        """D3, C4: on a screen of the person hit alone, that begins with what stands."""
        self.consent("communication")
        action = self.as_user("councillor", self.incident).action_my_consent()
        screen = Form(self.follow("councillor", action))
        self.assertEqual((screen.communication, screen.briefing), (True, False))
        for login in (*TEAM, "other_councillor"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.as_user(login, self.incident).action_my_consent()


@freeze_time(MORNING)
class TestWhatTheInformedHears(CanaryCase):
    """C4, C5: whatever can be read of the whole registry."""

    def test_crawl(self):
        """The words of both briefings, and not one other word of the cases."""
        briefings = self.env["aggression.briefing"].search([])
        words = {*plant(briefings)}
        self.env.flush_all()
        self.env.invalidate_all()
        heard = crawl(self.env(user=self.users[INFORMED]))
        self.assertEqual(set(heard), words)
