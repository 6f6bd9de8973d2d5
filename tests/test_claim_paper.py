import hashlib
from datetime import date

from odoo.tests import freeze_time

from .common import ProtocolCase
from .printed import pages_of, words_of


@freeze_time("2026-03-09 11:00:00")
class TestClaimPaper(ProtocolCase):
    """The letter about damage as it comes out of the printer."""

    def setUp(self):
        super().setUp()
        case = self.report(causer_kind="person", causer_name="J. Jansen")
        self.case = self.classify(case, "threat")
        self.case.causer_ids.address = "J. Jansen\nVillage Street 12\n2636 AB Schipluiden"
        self.note(1389.5, "Glasses")
        self.note(250.0, "Pain", kind="immaterial")
        self.claim = self.as_user("coordinator", self.case.claim_ids)

    def note(self, amount, what, **values):
        self.model_as("councillor", "aggression.damage")._note(
            self.as_user("councillor", self.case),
            self.as_user("councillor", self.case.affected_ids),
            {"what": what, "amount": amount, **values},
        )

    def send(self):
        days = (date(2026, 3, 9), date(2026, 4, 8))
        return self.claim._send(*days, "A pair of glasses.", "NL00 BANK 0123 4567 89")

    def test_what_the_letter_says(self):
        """D2: what is claimed and why, by when it is paid and where; nobody who was hit."""
        pdf = self.send()._for_download()[0]
        words = words_of(pdf)
        for said in (
            "J. Jansen",
            "A pair of glasses.",
            "Things and costs €\xa01,389.50",
            "Immaterial damage €\xa0250.00",
            "To be paid €\xa01,639.50",
            "8 April 2026",
            "NL00 BANK 0123 4567 89",
            self.case.reference,
            "Name of coordinator",
        ):
            self.assertIn(said.replace("\xa0", " "), words.replace("\xa0", " "))
        self.assertNotIn("Name of councillor", words)
        self.assertNotIn("Draft", words)
        for page in pages_of(pdf):
            self.assertIn(self.case.reference, page.extract_text())

    def test_in_dutch_notation(self):
        """D2: in the language of the municipality amounts are written as it writes them."""
        self.env["res.lang"]._activate_lang("nl_NL")
        self.case.company_id.partner_id.lang = "nl_NL"
        words = words_of(self.send()._for_download()[0]).replace("\xa0", " ")
        self.assertIn("€ 1.389,50", words)
        self.assertIn("€ 1.639,50", words)

    def test_kept_as_it_was_sent(self):
        """D2: the very bytes, with their fingerprint; what comes later leaves it as it is."""
        letter = self.send()
        raw = letter._for_download()[0]
        self.assertEqual(letter.sha256, hashlib.sha256(raw).hexdigest())
        self.assertEqual(letter._addressee(), self.case.causer_ids)
        self.claim._receive(date(2026, 3, 9), 639.5, "", date(2026, 5, 8))
        self.assertEqual(letter._for_download()[0], raw)

    def test_the_reminder(self):
        """D2: what was paid is taken off."""
        self.send()
        self.claim._receive(date(2026, 3, 9), 639.5, "", date(2026, 4, 8))
        with freeze_time("2026-04-10 11:00:00"):
            letter = self.claim._remind(date(2026, 4, 10), date(2026, 5, 8))
            words = words_of(letter._for_download()[0]).replace("\xa0", " ")
        for said in ("Reminder", "Paid by you € -639.50", "To be paid € 1,000.00", "9 March 2026"):
            self.assertIn(said, words)

    def test_told_to_who_asks_what_is_kept(self):
        """C5, D2: the causer reads what is claimed and paid, the person hit what they lost."""
        self.send()
        self.claim._receive(date(2026, 3, 9), 639.5, "", date(2026, 4, 8))
        self.case._unlocked().state = "decided"
        subject = self.model_as("officer", "aggression.data.subject")
        rows = subject._about_name("J. Jansen", False, self.case.company_id)[0].rows
        self.assertIn(("Damage that we claim from you", "€\xa01,639.50. Claimed"), rows)
        self.assertIn("€\xa0639.50", [value for _label, value in rows])
        self.assertNotIn("Glasses", str(rows))
        own = self.model_as("councillor", "aggression.data.subject")
        rows = own._about_user(self.users["councillor"], self.case.company_id)[0].rows
        self.assertIn(("Your damage", "€\xa01,389.50. Written down. Glasses"), rows)
