from unittest.mock import patch

import psycopg2
from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time
from odoo.tools import mute_logger

from ..models.communication.statement import AUDIENCES
from .measured import NOON
from .stated import UNSETTLED, StatementCase

CONSENT = "consent of everybody who was hit"
RUNS = "A criminal investigation runs"
MEASURES = "Police measures in public space are never told"
SPEAKS = "speaks about this case. Somebody else can do so"
audiences = st.sampled_from([audience for audience, _label in AUDIENCES])
somebody = st.sampled_from(["mayor", "clerk", None])


def why_not(audience, agreed, runs, declaration, measures, spokesperson, speaker, agreed_by):
    """Return which sentence the protocol wants, in plain Python; None when it may be told."""
    if measures and audience in ("press", "council_public"):
        return MEASURES
    if audience == "person_hit":
        return None
    if not agreed:
        return CONSENT
    if runs and (audience == "press" or (audience == "council_public" and declaration)):
        return RUNS
    if not spokesperson:
        return UNSETTLED
    return None if spokesperson in (speaker, agreed_by) else SPEAKS


@freeze_time(NOON)
class TestGates(StatementCase):
    def test_of_another_case(self):
        """C5: a screen on one case changes nothing of another, nor is told there to who was hit."""
        statement = self.draft()
        other = self.classified()
        told = {"audience": "person_hit", "affected_id": other.affected_ids.id}
        screen = self.model_as("clerk", "aggression.statement.wizard")
        with self.assertRaisesRegex(AccessError, "another case"):
            screen.create({"incident_id": other.id, "statement_id": statement.id, **told})
        self.assertEqual(statement.audience, "council_confidential")

    @given(
        audience=audiences,
        agreed=st.booleans(),
        runs=st.booleans(),
        declaration=st.booleans(),
        measures=st.booleans(),
        spokesperson=somebody,
        speaker=st.sampled_from(["mayor", "clerk"]),
        agreed_by=somebody,
    )
    def test_gates(self, agreed, runs, spokesperson, **told):
        """C1, C3, C4, C6, C7, C8, D3: whatever is so, the sentence is that of the protocol."""
        users = {None: self.env["res.users"], **self.users}
        statements = self.env["aggression.statement"]
        statement = statements.new(
            {
                "incident_id": self.incident.id,
                "audience": told["audience"],
                "about_declaration": told["declaration"],
                "about_police_measures": told["measures"],
                "speaker_id": users[told["speaker"]].id,
                "agreed_by_id": users[told["agreed_by"]].id,
            }
        )
        persons, followed = self.env["aggression.affected.person"], "aggression.prosecution"
        with (
            patch.object(type(persons), "_agrees", lambda *_args: agreed),
            patch.object(type(self.env[followed]), "_running_in", lambda *_args: runs),
            patch.object(type(self.incident), "_spokesperson", lambda *_args: users[spokesperson]),
        ):
            found = statement._not_speakable()
        wanted = why_not(agreed=agreed, runs=runs, spokesperson=spokesperson, **told)
        self.assertEqual(bool(found), bool(wanted), told)
        self.assertIn(wanted or "", found or "")

    def test_the_mayor_speaks(self):
        """C1, C2: by the protocol, confidentially or not; with the area prosecutor, on record."""
        self.consent("communication")
        for audience in ("council_confidential", "council_public"):
            statement = self.draft(audience, assisted_by="Ms. De Wit")
            self.assertEqual(statement.speaker_id.login, "mayor")
            self.assertFalse(self.why("mayor", statement))
            self.press("mayor", statement, "action_approve")
            self.press("clerk", statement, "action_tell")
            self.assertEqual(
                (statement.state, statement.sent_by_id.login, statement.assisted_by),
                ("sent", "clerk", "Ms. De Wit"),
            )
        self.assertIn("told", self.incident.entry_ids.mapped("kind"))

    def test_consent(self):
        """C4, D3: of the person hit; asked again at the moment it is told."""
        statement = self.draft()
        self.assertIn(CONSENT, self.why("mayor", statement))
        with self.assertRaisesRegex(UserError, CONSENT):
            self.press("mayor", statement, "action_approve")
        self.consent("communication")
        self.press("mayor", statement, "action_approve")
        self.consent()
        with self.assertRaisesRegex(UserError, CONSENT):
            self.press("mayor", statement, "action_tell")
        self.assertEqual(statement.state, "approved", "nothing is half done")
        about = self.draft(about_declaration=True)
        self.assertIn("Nothing is told about a declaration", self.why("clerk", about))

    def test_consent_to_something_else(self):
        """D3: agreeing to a declaration, or to inform one colleague, is another thing."""
        self.declare()
        self.consent("briefing")
        self.assertIn(CONSENT, self.why("mayor", self.draft()))

    def test_all_who_were_hit(self):
        """C4: one who agrees does not do so for the other; a meeting need not be asked."""
        case = self.report(hit="alderman")
        self.env["aggression.affected.person"]._unlocked().create(
            {
                "incident_id": case.id,
                "name": "An employee",
                "office_id": self.office("civil_servant").id,
            }
        )
        self.classify(case, "threat")
        self.consent("communication", by="alderman", incident=case)
        self.assertIn(CONSENT, self.why("mayor", self.draft(by="coordinator", incident=case)))
        meeting = self.report(hit="", office="council_meeting")
        self.assertFalse(self.why("mayor", self.draft(incident=meeting)))

    def test_press_while_an_investigation_runs(self):
        """C6: left to the prosecutor, and so are public words about the declaration."""
        self.consent("communication")
        prosecution = self.filed()
        for values in ({"audience": "press"}, {"audience": "council_public"}):
            self.assertIn(RUNS, self.why("mayor", self.draft(about_declaration=True, **values)))
        self.assertFalse(self.why("mayor", self.draft("council_public")))
        statement = self.draft("press")
        with self.assertRaisesRegex(UserError, RUNS):
            self.press("mayor", statement, "action_approve")
        self.step(prosecution, "refused")
        self.press("mayor", statement, "action_approve")
        self.step(prosecution, "taken_on")
        with self.assertRaisesRegex(UserError, RUNS):
            self.press("mayor", statement, "action_tell")

    @mute_logger("odoo.sql_db")
    def test_police_measures(self):
        """C7: never to the press or in public: not as a draft, not in the database."""
        self.consent("communication")
        for audience in ("press", "council_public"):
            with self.assertRaisesRegex(UserError, MEASURES):
                self.draft(audience, about_police_measures=True)
        statement = self.draft(about_police_measures=True)
        self.assertFalse(self.why("mayor", statement), "confidentially it may")
        with self.assertRaises(psycopg2.IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE aggression_statement SET audience = 'press'")

    def test_another_speaker(self):
        """C8: with the recorded agreement of the spokesperson, and of nobody else."""
        self.consent("communication")
        statement = self.draft(speaker_id="clerk")
        self.assertIn(f"Name of mayor {SPEAKS}", self.why("clerk", statement))
        for login in ("clerk", "coordinator", "councillor", "administrator"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.press(login, statement, "action_agree")
        self.press("mayor", statement, "action_agree")
        with self.assertRaises(AccessError):
            self.press("mayor", statement, "action_approve")
        self.press("clerk", statement, "action_approve")
        self.assertEqual(statement.agreed_by_id.login, "mayor")

    def test_an_agreement_of_who_speaks_no_more(self):
        """C8: it counts while the same person speaks; other words need another."""
        self.consent("communication")
        statement = self.draft(speaker_id="clerk")
        self.press("mayor", statement, "action_agree")
        self.press("clerk", statement, "action_approve")
        self.take("clerk", statement, "action_rewrite", "action_save", text="Other words.")
        self.assertEqual((statement.state, statement.text), ("draft", "Other words."))
        self.assertFalse(statement.agreed_by_id)
        self.press("mayor", statement, "action_agree")
        self.arrange("mayor", "coordinator")
        self.assertIn(f"Name of coordinator {SPEAKS}", self.why("clerk", statement))

    def test_settled_otherwise(self):
        """C8: an agreement on who speaks counts, while that person has a part in the case."""
        self.consent("communication")
        self.arrange("mayor", "coordinator")
        self.assertEqual(self.incident._spokesperson().login, "coordinator")
        with self.assertRaisesRegex(UserError, "handles this case"):
            self.arrange("mayor", "uninvolved")
        rows = self.incident.access_ids.filtered(lambda row: row.user_id.login == "coordinator")
        rows._end()
        self.assertFalse(self.incident._spokesperson())
        self.assertIn(UNSETTLED, self.why("clerk", self.draft(speaker_id="clerk")))
        with self.assertRaises(AccessError):
            self.as_user("clerk", self.incident).action_arrange()
