from base64 import b64encode
from datetime import timedelta

from odoo.exceptions import ValidationError
from odoo.tests import freeze_time

from .common_retention import RetentionCase


class TestCausers(RetentionCase):
    """AVG: who did it is known no longer than it has to be."""

    def setUp(self):
        super().setUp()
        self.checked()

    def test_only_the_number_stays(self):
        """A12: name, address, accounts, description, hashes and what was said of who it is go; the
        same number still counts repeats."""
        case = self.old_aggression()
        causer, reference = case.causer_ids, case.causer_ids.reference
        causer.write({"address": "A street", "accounts": "@j_jansen"})
        finding = self.env["aggression.causer.identification"]._note(
            case, "recognised", causer, causer, "His voice."
        )
        with freeze_time("2020-03-19 10:00:00"):
            case._log("causer_named", "His neighbour knew him.")
        claim = self.env["aggression.damage.claim"]._unlocked()
        claim = claim.create({"incident_id": case.id, "causer_id": causer.id})
        paid = {"claim_id": claim.id, "received_on": "2020-03-19", "amount": 1}
        paid |= {"incident_id": case.id, "how": "By J. Jansen"}
        payment = self.env["aggression.damage.payment"]._unlocked().create(paid)
        letter = self.sent(case.decision_ids)
        due = str(self.clock(case).causer_due_on)
        self.clock(case)._unlocked().destroy_due_on = False
        self.watch(f"{due} 03:00:00")
        run = self.lists(state="proposed")
        self.assertEqual(run.count_ids.mapped("clock"), ["causer"])
        self.sign(f"{due} 04:00:00")
        self.destroy(f"{due} 05:00:00")
        self.assertEqual(causer.reference, reference)
        self.assertFalse(any(causer._identity()) or causer.name_hash or causer.likely_hashes)
        self.assertFalse(finding.reason or finding.identity)
        self.assertFalse(case.facts_ids.causer_description or letter.exists())
        named = case.entry_ids.filtered(lambda entry: entry.kind == "causer_named")
        self.assertFalse(payment.how or named.text)
        self.assertTrue(case.facts_ids.story)
        self.assertEqual(case.causer_ids, causer)
        self.assertEqual(case.entry_ids[0].kind, "unnamed")
        with self.assertRaises(ValidationError):
            self.as_user("coordinator", causer).name = "J. Jansen"
        self.watch(f"{due} 23:00:00")
        self.assertFalse(self.lists(state="proposed"), "once")

    def sent(self, decision):
        """Return a letter as it is kept, with the name on it."""
        letters = self.env["aggression.sent.letter"]._unlocked()
        about = {"incident_id": decision.incident_id.id, "decision_id": decision.id}
        paper = {"kind": "decision", "sent_on": "2020-03-20", "filename": "x.pdf"}
        return letters.create({**about, **paper, "content": b64encode(b"J. Jansen")})

    def test_another_case_still_needs_the_name(self):
        """The causer is named as long as any of their cases asks for it."""
        old = self.old_aggression()
        young = self.old_aggression(closed="2021-03-20 10:00:00", same=old.causer_ids)
        self.assertEqual(young.causer_ids, old.causer_ids)
        self.watch(f"{self.clock(old).causer_due_on} 03:00:00")
        self.assertFalse(self.lists())
        self.watch(f"{self.clock(young).causer_due_on} 03:00:00")
        self.assertIn("causer", self.lists().count_ids.mapped("clock"))

    def test_a_causer_of_another_case_remains(self):
        """Destroyed with the last case, and not before."""
        first = self.old_aggression()
        causer = first.causer_ids
        second = self.old_aggression(closed="2024-03-20 10:00:00", same=causer)
        lonely = self.old_aggression(named="Somebody else").causer_ids
        due = self.clock(first).destroy_due_on
        self.watch(f"{due - timedelta(days=28)} 03:00:00")
        self.watch(f"{due} 03:00:00")
        self.sign(f"{due} 03:00:00")
        self.destroy(f"{due} 03:00:00")
        self.assertFalse(first.exists() or lonely.exists())
        self.assertEqual(second.causer_ids, causer)
        self.assertEqual(causer.name, "J. Jansen")

    def test_what_another_case_says_of_who_is_gone(self):
        """M6, M8: why somebody was not the causer of another case goes with the last of theirs."""
        old = self.old_aggression()
        young = self.old_aggression(closed="2024-03-20 10:00:00")
        findings = self.env["aggression.causer.identification"]
        finding = findings._note(young, "told_apart", young.causer_ids, old.causer_ids, "He limps.")
        due = self.clock(old).destroy_due_on
        self.watch(f"{due - timedelta(days=28)} 03:00:00")
        self.watch(f"{due} 03:00:00")
        self.sign(f"{due} 03:00:00")
        self.destroy(f"{due} 03:00:00")
        self.assertEqual((old.exists(), finding.exists()), (old.browse(), finding))
        self.assertFalse(finding.reason or finding.earlier_id)
