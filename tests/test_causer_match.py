from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import freeze_time

from .common_causers import Recognising


@freeze_time("2026-03-07 10:00:00")
class TestSuggestions(Recognising):
    def test_in_what_somebody_is_alike(self):
        """A12, M6: the same or a similar name, the same address, the same account: each is told."""
        known = {
            "same name": self.case_of("Jan  JANSEN"),
            "similar name": self.case_of("Jansen, J.P."),
            "same surname": self.case_of("Mevrouw Jansen"),
            "same account": self.case_of(
                "Pietje", accounts="pietje@example.com\nx.com/de_waakhond"
            ),
            "same address": self.case_of(
                "K. Karels", address="Dorpsstraat 12, 2636 AB Schipluiden"
            ),
        }
        self.case_of("P. Jansen")
        case = self.case_of(
            "Jan Jansen",
            address="J. Jansen\nDorpsstr. 12\n2636ab SCHIPLUIDEN",
            accounts="@De_Waakhond",
        )
        self.assertEqual(
            self.suggested(case), {earlier.causer_ids: how for how, earlier in known.items()}
        )

    def test_several_at_once_and_the_strongest_first(self):
        """M6: what tells most stands on top."""
        weak = self.case_of("Jansen")
        strong = self.case_of("Jan Jansen", accounts="jan@example.com")
        case = self.case_of("jan jansen", accounts="JAN@example.com")
        screen = self.screen(case)
        self.assertEqual(screen.line_ids.earlier_id, strong.causer_ids | weak.causer_ids)
        self.assertEqual(screen.line_ids[0].alike, "same name, same account")

    def test_nothing_but_a_reference_and_a_number(self):
        """A12, M5: who may not open the other cases learns how many there are and nothing else."""
        earlier = self.case_of("Jan Jansen", by="secretary", hit="mayor")
        self.recognise(
            self.case_of("Jan Jansen", by="secretary", hit="mayor"),
            earlier.causer_ids,
            by="secretary",
        )
        line = self.screen(self.case_of("J. Jansen")).line_ids
        self.assertEqual((line.incidents, line.alike), (2, "similar name"))
        self.assertEqual(line.earlier_id.display_name, earlier.causer_ids.reference)
        with self.assertRaises(AccessError):
            line.earlier_id.read(["name"])
        self.assertFalse(line.env["aggression.incident"].search([("id", "=", earlier.id)]))

    def test_who_is_kept_out_is_told_nothing(self):
        """C5, A12: a causer known only from cases that one is kept out of stays unknown."""
        hidden = self.case_of(
            "Jan Jansen",
            by="secretary",
            hit="alderman",
            excluded_ids=[Command.link(self.users["clerk"].id)],
            exclusion_reason="His brother.",
        )
        case = self.case_of("Jan Jansen")
        self.assertFalse(self.suggested(case))
        self.assertEqual(list(self.suggested(case, "coordinator")), [hidden.causer_ids])
        self.recognise(hidden, case.causer_ids, by="coordinator")
        other = self.screen(self.case_of("Jan Jansen")).line_ids
        self.assertEqual(other.incidents, 1, "the hidden one is no number either")

    def test_another_municipality(self):
        """M6: files are compared within one municipality."""
        earlier = self.case_of("Jan Jansen")
        company = self.env["res.company"].create({"name": "Elsewhere"})
        earlier._unlocked().company_id = company
        self.assertFalse(self.suggested(self.case_of("Jan Jansen")))

    def test_hashes_tell_nothing(self):
        """C5: what is compared cannot be read, by nobody, nor in the database."""
        case = self.case_of("Jan Jansen", address="Dorpsstraat 12", accounts="de_waakhond")
        self.env.flush_all()
        self.env.cr.execute("SELECT c::text FROM aggression_causer c")
        rows = str(self.env.cr.fetchall()).lower()
        for word in ("jansen", "dorpsstraat", "waakhond"):
            self.assertNotIn(word, rows)
        with self.assertRaises(AccessError):
            self.as_user("clerk", case.causer_ids).read(["likely_hashes"])

    def test_one_look_up_of_an_index(self):
        """M6: a suggestion does not read all causers."""
        case = self.case_of("Jan Jansen")
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        causer = case.causer_ids
        hashes = causer.likely_hashes.split()
        self.env.cr.execute(
            "EXPLAIN SELECT id FROM aggression_causer "
            "WHERE string_to_array(likely_hashes, ' ') && %s",
            [hashes],
        )
        self.assertIn("by_likeness", str(self.env.cr.fetchall()))
