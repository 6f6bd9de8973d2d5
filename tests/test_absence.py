from odoo.exceptions import ValidationError
from odoo.tests import freeze_time

from .visibility import VisibilityCase

BEFORE, DURING, AFTER = "2026-03-06 22:10:00", "2026-03-10 09:00:00", "2026-03-16 09:00:00"


class TestAbsence(VisibilityCase):
    """Somebody stands in for a holder from a day until a day."""

    def away(self, code="mayor", holder="mayor", substitute="deputy", **values):
        return self.appoint(
            substitute,
            code,
            **{
                "replaces_id": self.users[holder].id,
                "date_from": "2026-03-09",
                "date_to": "2026-03-15",
                **values,
            },
        )

    def test_new_work_and_care(self):
        """C3, Z2: who stands in receives, decides and cares; afterwards the mayor decides again."""
        with freeze_time(BEFORE):
            self.away(substitute="uninvolved")
        with freeze_time(DURING):
            incident = self.classify(
                self.report(occurred_at="2026-03-10 07:00:00", reported_at="2026-03-10 08:00:00"),
                "threat",
            )
            self.assertEqual(self.who(incident)["uninvolved"], {"decider", "carer"})
            self.assertUnknown("mayor", incident)
            self.assertEqual(self.duties(incident, "decide").user_id.login, "uninvolved")
        with freeze_time(AFTER):
            self.sweep("hand_over")
            self.assertUnknown("uninvolved", incident)
            self.assertEqual(self.who(incident)["mayor"], {"decider", "carer"})
            self.decide(incident)

    def test_open_work(self):
        """C3: what is open goes along and comes back; who is away keeps what they see."""
        with freeze_time(BEFORE):
            incident = self.classify(self.report(), "threat")
            self.away()
            self.assertNotIn("deputy", self.who(incident))
        with freeze_time(DURING):
            self.sweep("hand_over")
            self.assertSeen("mayor", incident)
            self.assertEqual(self.duties(incident, "decide").user_id.login, "deputy")
            self.assertTrue(self.as_user("deputy", incident).can_decide)
            self.assertFalse(self.as_user("mayor", incident).can_decide)
            care = incident.affected_ids.aftercare_ids
            self.assertEqual(care.carer_id.login, "mayor", "care does not change hands for this")
            self.assertFalse(self.records_of("deputy", "aggression.talk", incident))
        with freeze_time(AFTER):
            self.sweep("hand_over")
            self.assertEqual(self.duties(incident, "decide").user_id.login, "mayor")
            self.assertUnknown("deputy", incident)
            self.decide(incident)

    def test_closed_in_the_meantime(self):
        """C5: access that was given for an absence ends with it, in closed cases too."""
        with freeze_time(BEFORE):
            self.away("council_clerk", "clerk", "uninvolved")
        with freeze_time(DURING):
            incident = self.report(
                "councillor",
                occurred_at="2026-03-10 07:00:00",
                reported_at="2026-03-10 08:00:00",
            )
            self.assertSeen("uninvolved", incident)
            self.classify(incident, "banging_table", directed="no", closing_reason="He apologised.")
            self.assertSeen("uninvolved", incident)
        with freeze_time(AFTER):
            self.sweep("hand_over")
            self.assertUnknown("uninvolved", incident)
            self.assertUnknown("clerk", incident)

    def test_who_stands_in_is_hit_or_kept_out(self):
        """C3, Z2: then the role's own substitute takes the part."""
        with freeze_time(BEFORE):
            self.away(substitute="uninvolved")
        with freeze_time(DURING):
            told = {"occurred_at": "2026-03-10 07:00:00", "reported_at": "2026-03-10 08:00:00"}
            hit = self.report("clerk", "uninvolved", office="councillor", **told)
            self.assertEqual(self.who(hit)["deputy"], {"decider", "carer"})
            kept_out = self.report(**told)
            self.keep_out(kept_out, "uninvolved")
            self.assertEqual(self.who(kept_out)["deputy"], {"decider", "carer"})
            self.assertUnknown("uninvolved", kept_out)
            talks = kept_out.affected_ids.aftercare_ids.talk_ids
            self.as_user("deputy", talks[0]).action_hold()
        with freeze_time(AFTER):
            self.sweep("hand_over")
            self.assertIn("decider", self.who(kept_out)["mayor"])
            self.assertEqual(self.who(kept_out)["deputy"], {"carer"}, "who began it goes on")

    @freeze_time(DURING)
    def test_who_stands_in_is_away_too(self):
        """The next one in line answers; when that ends, the one before."""
        self.away()
        away = self.away(holder="deputy", substitute="uninvolved", date_to="2026-03-11")
        incident = self.report(occurred_at="2026-03-10 07:00:00", reported_at="2026-03-10 08:00:00")
        self.assertIn("decider", self.who(incident)["uninvolved"])
        away.unlink()
        self.assertUnknown("uninvolved", incident)
        self.assertIn("decider", self.who(incident)["deputy"])

    @freeze_time(BEFORE)
    def test_clear_sentences(self):
        with self.assertRaisesRegex(ValidationError, "until which day"):
            self.away(date_to=False)
        with self.assertRaisesRegex(ValidationError, "stands in for themself"):
            self.away(substitute="mayor")
        with self.assertRaisesRegex(ValidationError, "does not hold the role Mayor in these days"):
            self.away(holder="clerk")
