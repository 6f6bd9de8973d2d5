from datetime import timedelta

from odoo.exceptions import ValidationError

from .common_retention import RetentionCase


class TestCausers(RetentionCase):
    """AVG: who did it is known no longer than it has to be."""

    def setUp(self):
        super().setUp()
        self.checked()

    def test_only_the_number_stays(self):
        """A12: name, address, description and hash go; the same number still counts repeats."""
        case = self.old_aggression()
        causer, reference = case.causer_ids, case.causer_ids.reference
        causer.address = "A street"
        due = str(self.clock(case).causer_due_on)
        self.clock(case)._unlocked().destroy_due_on = False
        self.watch(f"{due} 03:00:00")
        run = self.lists(state="proposed")
        self.assertEqual(run.count_ids.mapped("clock"), ["causer"])
        self.sign(f"{due} 04:00:00")
        self.destroy(f"{due} 05:00:00")
        self.assertEqual(causer.reference, reference)
        self.assertFalse(causer.name or causer.address or causer.sudo().name_hash)
        self.assertFalse(case.facts_ids.causer_description)
        self.assertTrue(case.facts_ids.story)
        self.assertEqual(case.causer_ids, causer)
        self.assertEqual(case.entry_ids[0].kind, "unnamed")
        with self.assertRaises(ValidationError):
            self.as_user("coordinator", causer).name = "J. Jansen"
        self.watch(f"{due} 23:00:00")
        self.assertFalse(self.lists(state="proposed"), "once")

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
