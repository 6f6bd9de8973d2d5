from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time

from .damaged import DamageCase
from .measured import NOON


@freeze_time(NOON)
class TestClaim(DamageCase):
    """Damage is recovered from whoever caused it."""

    def test_opened_by_itself(self):
        """D2: as soon as there is damage and the causer is known, with a duty to send it."""
        self.assertFalse(self.incident.claim_ids, "no damage, nothing to claim")
        self.damage()
        claim = self.incident.claim_ids
        self.assertEqual((claim.state, claim.amount), ("to_claim", 389))
        self.assertEqual(claim.causer_id, self.incident.causer_ids)
        duty = self.duties(self.incident, "damage_claim")
        self.assertEqual((duty.claim_id, duty.user_id.login), (claim, "coordinator"))
        self.damage(10.01, by="coordinator", of_municipality=True)
        self.assertEqual((self.incident.claim_ids, claim.amount), (claim, 399.01))

    def test_opened_by_the_classification(self):
        """D2: violence asks for damage, also when none was written down yet; one claim."""
        case = self.classified("pushing")
        self.assertEqual((case.claim_ids.state, case.claim_ids.amount), ("to_claim", 0))
        self.assertEqual(self.duties(case, "damage_claim").claim_id, case.claim_ids)
        self.damage(incident=case)
        self.assertEqual(case.claim_ids.amount, 389)
        self.assertEqual(len(self.duties(case, "damage_claim")), 1)

    def test_damage_before_the_classification(self):
        """D2: it waits until the case turns out to be aggression; for emotion there is none."""
        for codes, aim, claims in ((("threat",), "harm", 1), (("banging_table",), "none", 0)):
            case = self.report(causer_kind="person", causer_name="K. Karels")
            self.damage(incident=case)
            self.assertFalse(case.claim_ids)
            values = {} if claims else {"directed": "no", "closing_reason": "He apologised."}
            self.classify(case, *codes, aim=aim, **values)
            self.assertEqual(len(case.claim_ids), claims)

    def test_decided_while_nobody_knows_who_did_it(self):
        """D2: whoever opens the task reads what stands in the way, and what can be done."""
        case = self.classified("pushing", causer_kind="unknown", causer_name=False)
        self.decide(case)
        with self.assertRaisesRegex(UserError, "nobody to claim from"):
            self.as_user("coordinator", self.duties(case, "damage_claim")).action_open_step()

    def test_while_nobody_knows_who_did_it(self):
        """D2: not opened while the causer is unknown; opened when the causer is identified."""
        case = self.classified("pushing", causer_kind="unknown", causer_name=False)
        self.damage(incident=case)
        self.assertFalse(case.claim_ids | case.duty_ids.claim_id)
        self.assertFalse(self.duties(case, "damage_claim", "react"))
        self.at("2026-06-09")
        values = {"name": "P. Peters", "how": "The police found him."}
        self.take("coordinator", case, "action_name_causer", "action_save", **values)
        case.invalidate_recordset()
        self.assertEqual((case.claim_ids.amount, case.claim_ids.state), (389, "to_claim"))
        self.assertEqual(case.claim_ids.causer_id.name, "P. Peters")
        # two weeks from now: nobody is late with what could not be done before
        self.assertEqual(str(self.duties(case, "damage_claim").due_at), "2026-06-23 11:00:00")
        self.assertEqual(str(self.duties(case, "react").due_at), "2026-06-10 11:00:00")

    def test_the_file_gets_a_name(self):
        """D2: somebody who was described and not named becomes known in their own file."""
        described = {"causer_name": False, "causer_description": "A red coat."}
        case = self.classified("pushing", **described)
        self.damage(incident=case)
        self.assertTrue(case.causer_ids)
        self.assertFalse(case.claim_ids)
        self.as_user("coordinator", case.causer_ids).name = "P. Peters"
        case.invalidate_recordset()
        self.assertEqual(case.claim_ids.amount, 389)
        self.as_user("coordinator", case.causer_ids).address = "Village Street 12"
        self.assertEqual(len(case.claim_ids), 1)

    def test_who_names_the_causer(self):
        """D2: who handles the case, saying who and how it became known; not for emotion."""
        case = self.classified("threat", causer_kind="unknown", causer_name=False)
        for login in ("mayor", "councillor", "deputy", "administrator"):
            with self.subTest(login), self.assertRaises(AccessError):
                self.as_user(login, case).action_name_causer()
        for values, words in (
            ({"name": " ", "how": "He said so."}, "Fill in who it is"),
            ({"name": "P. Peters", "how": " "}, "Say how you know"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self.take("coordinator", case, "action_name_causer", "action_save", **values)
        self.assertFalse(case.causer_ids)

    def test_recognised_as_an_earlier_one(self):
        """D2, A12: the claim goes along to the file of the earlier causer, and stays one."""
        self.damage()
        earlier = self.classified("threat").causer_ids
        causer = self.incident.causer_ids
        self.as_user("coordinator", self.incident)._recognise(causer, earlier, "The same name.")
        self.assertEqual(self.incident.claim_ids.causer_id, earlier)

    def two_causers(self):
        other = {"kind": "person", "name": "K. Karels"}
        incident = [Command.link(self.incident.id)]
        self.env["aggression.causer"]._unlocked().create({**other, "incident_ids": incident})
        self.damage(100.01)
        return self.incident.claim_ids

    def test_two_causers(self):
        """D2: each owes an equal part; together it is the damage, to the cent."""
        claims = self.two_causers()
        self.assertEqual(claims.mapped("amount"), [50.01, 50.0])
        self.assertEqual(len(self.duties(self.incident, "damage_claim").claim_id), 2)
        self.claim(claims[0])
        self.assertEqual(claims.mapped("amount"), [50.01, 50.0], "the other owes what it did")
        states = self.duties(self.incident, "damage_claim").mapped("state")
        self.assertEqual(sorted(states), ["done", "open"])

    def test_damage_after_the_letter(self):
        """D2: what comes later is claimed in its turn, and nothing twice."""
        self.damage()
        first = self.claim()
        self.damage(60.0, what="Physiotherapy")
        later = self.incident.claim_ids - first
        self.assertEqual((first.amount, later.amount, later.state), (389, 60, "to_claim"))

    def test_paid_in_parts(self):
        """D2: each part has its term; with the last one it is recovered and nothing is due."""
        self.damage()
        claim = self.claim()
        self.assertEqual(self.duties(self.incident, "damage_claim").state, "done")
        followed = self.duties(self.incident, "follow_up_claim")
        # a week from the day after the last day, in summer time
        self.assertEqual(str(followed.due_at), "2026-04-15 22:00:00")
        self.at("2026-04-01")
        self.receive(claim, 129.67, "2026-04-01", pay_by="2026-05-01")
        self.assertEqual((claim.received, claim.outstanding), (129.67, 259.33))
        self.assertEqual((followed.state, claim.pay_by), ("done", date(2026, 5, 1)))
        self.receive(claim, 129.67, "2026-04-01", pay_by="2026-06-01")
        self.assertEqual(claim.state, "claimed")
        self.receive(claim, 129.66, "2026-04-01")
        self.assertEqual((claim.state, claim.outstanding), ("recovered", 0))
        self.assertEqual(claim.closed_on, date(2026, 4, 1))
        duties = self.duties(self.incident, "follow_up_claim")
        self.assertEqual(set(duties.mapped("state")), {"done"})
        seen = self.as_user("coordinator", self.incident)
        self.assertIn("recovered: €\xa0389.00", seen.damage_in_words)
        self.assertEqual(self.as_user("coordinator", self.incident.damage_ids).recovered, 389)

    def test_no_payment(self):
        """D2: not more than is owed, not before the letter, not in future."""
        self.damage()
        claim = self.incident.claim_ids
        with self.assertRaisesRegex(UserError, "in the meantime"):
            self.receive(claim, 10.0, "2026-03-09")
        self.claim()
        for amount, day, words in (
            (389.01, "2026-03-09", "more than is still owed"),
            (10.0, "2026-03-08", "after it was claimed"),
            (10.0, "2026-03-10", "not in future"),
            (0.0, "2026-03-09", "at least one cent"),
        ):
            with self.subTest(amount), self.assertRaisesRegex(UserError, words):
                self.receive(claim, amount, day)
        self.assertFalse(claim.payment_ids)

    def test_of_two_payments_at_once(self):
        """D2: the second one finds what the first one left, whatever was read before."""
        self.damage()
        claim = self.claim()
        seen = self.as_user("coordinator", claim)
        self.assertEqual(seen.outstanding, 389)
        locks = []
        with patch.object(
            type(claim), "lock_for_update", lambda self, **_how: locks.append(self.id)
        ):
            seen._receive(date(2026, 3, 9), 300.0, "", date(2026, 4, 8))
            with self.assertRaisesRegex(UserError, "more than is still owed"):
                seen._receive(date(2026, 3, 9), 300.0, "", date(2026, 4, 8))
        self.assertEqual(locks, [claim.id] * 2, "under a lock")

    def test_a_reminder(self):
        """D2: after the term, by a letter that is kept, with a term of its own."""
        self.damage()
        claim = self.claim()
        again = {"day": "2026-03-09", "pay_by": "2026-05-09"}
        with self.assertRaisesRegex(UserError, "still has time to pay"):
            self.take("coordinator", claim, "action_remind", "action_save", **again)
        self.at("2026-04-16")
        again = {"day": "2026-04-16", "pay_by": "2026-05-16"}
        self.take("coordinator", claim, "action_remind", "action_save", **again)
        self.assertEqual((claim.reminded_on, claim.pay_by), (date(2026, 4, 16), date(2026, 5, 16)))
        self.assertEqual(claim.letter_ids.mapped("kind"), ["damage_claim"] * 2)
        states = self.duties(self.incident, "follow_up_claim").sorted("due_at").mapped("state")
        self.assertEqual(states, ["done", "open"])

    def test_written_off(self):
        """D2: with a reason, before the letter and after it."""
        self.damage()
        claim = self.incident.claim_ids
        with self.assertRaisesRegex(UserError, "Say why it is not recovered"):
            self.take("coordinator", claim, "action_write_off", "action_save", reason=" ")
        why = {"reason": "He has nothing."}
        self.take("coordinator", claim, "action_write_off", "action_save", **why)
        self.assertEqual((claim.state, claim.reason), ("written_off", "He has nothing."))
        self.assertEqual(self.duties(self.incident, "damage_claim").state, "done")
        self.damage(5.0)
        self.assertEqual((self.incident.claim_ids - claim).amount, 5, "not what was given up")

    def test_joined_to_the_criminal_case(self):
        """D2: settled so; what the state collects can still be recorded."""
        self.damage()
        claim = self.incident.claim_ids
        self.take("coordinator", claim, "action_join", "action_save", reason="The hearing in May.")
        self.assertEqual((claim.state, claim.amount), ("joined", 389))
        self.assertFalse(
            self.incident.duty_ids.filtered(lambda d: d.claim_id and d.state == "open")
        )
        self.at("2026-09-09")
        self.receive(claim, 389.0, "2026-09-09")
        self.assertEqual(claim.state, "recovered")

    def test_keeps_the_case_open(self):
        """D2: a case in which the causer still owes something does not close."""
        self.decide(self.incident)
        self.damage()
        damage = self.incident.damage_ids
        self.decide_on_damage(damage, 389.0)
        self.pay(damage)
        claim = self.claim()
        others = self.incident.duty_ids - self.duties(self.incident, "follow_up_claim")
        others._unlocked().write({"state": "done"})
        self.assertIn("See whether the causer has paid", self.incident._blocker("closed"))
        self.receive(claim, 389.0, "2026-03-09")
        self.assertFalse(self.incident._blocker("closed"))

    def test_no_longer_aggression(self):
        """D2, U3: a case that turns out to be emotion asks nobody to pay."""
        self.damage()
        claim = self.claim()
        self.incident._unlocked().outcome = "emotion"
        self.incident._unlocked().state = "reported"
        self.incident._close_as_emotion("He was shouting at the rain.")
        self.assertEqual((claim.state, claim.causer_id.id), ("written_off", False))

    def test_who_takes_a_step(self):
        """D2: who handles or decides; the person hit does not see what the causer pays."""
        self.damage()
        claim = self.claim()
        self.receive(claim, 100.0, "2026-03-09")
        for login in ("councillor", "other_councillor", "deputy", "employee", "administrator"):
            for step in ("action_open", "action_remind", "action_receive", "action_write_off"):
                with self.subTest(login, step=step), self.assertRaises(AccessError):
                    getattr(self.as_user(login, claim), step)()
        words = self.as_user("councillor", self.incident).damage_in_words
        self.assertNotIn("recovered", words)
        self.assertFalse(self.as_user("councillor", self.incident.damage_ids).recovered)

    def test_no_claim_without_a_name_or_damage(self):
        """D2: nobody can be written to; nothing can be asked."""
        case = self.classified("pushing")
        with self.assertRaisesRegex(UserError, "no damage to claim"):
            self.as_user("coordinator", case.claim_ids).action_send()
        self.damage(incident=case)
        case.causer_ids.name = False
        with self.assertRaisesRegex(UserError, "not known by name"):
            self.as_user("coordinator", case.claim_ids).action_send()

    def test_terms_of_a_letter(self):
        """D2: dated today or earlier, and time to pay."""
        self.damage()
        for day, pay_by in (("2026-03-10", "2026-04-08"), ("2026-03-09", "2026-03-09")):
            with self.assertRaisesRegex(UserError, "a later day to pay by"):
                self.claim(day=day, pay_by=pay_by)
        with self.assertRaisesRegex(UserError, "into which account"):
            self.claim(pay_to=" ")

    def test_kept_as_long_as_damage_is_recovered(self):
        """D2, M8: seven years, as for the measure by which damage is recovered."""
        self.damage()
        claim = self.claim()
        self.receive(claim, 389.0, "2026-03-09")
        self.incident._unlocked().write({"state": "closed", "closed_at": NOON})
        self.incident.duty_ids._unlocked().write({"state": "done"})
        row = self.env["aggression.retention"]._refresh(self.incident)
        self.assertEqual(row.term_id, self.env.ref("aggression_protocol.retention_damage"))
