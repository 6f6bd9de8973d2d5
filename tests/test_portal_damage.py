from odoo.tests import HttpCase, tagged

from ..models.case import evidence
from .damaged import DamageCase
from .portal_pages import ROOT, PortalPages
from .test_files import PNG

PDF = b"%PDF-1.4 receipt"


@tagged("post_install", "-at_install")
class TestPortalDamage(PortalPages, HttpCase, DamageCase):
    """D12: one's own damage on the portal, from the receipt to the payment."""

    def setUp(self):
        super().setUp()
        self.log_in("councillor")

    @property
    def part(self):
        return f"zaken/{self.incident.reference}/schade"

    def note(self, receipts=(), **values):
        files = [("receipts", receipt) for receipt in receipts]
        sent = {"what": "Glasses", "amount": "389,50", "asks": "1", **values}
        answer = self.send(self.part, files=files or None, **sent)
        self.env.invalidate_all()
        return answer

    def test_asked_with_receipts(self):
        """D12: written down with a photo and a PDF, and asked at once."""
        receipts = [("x.png", PNG, "image/png"), ("y.PDF", PDF, "application/pdf")]
        page = self.note(receipts).text
        damage = self.incident.damage_ids
        self.assertEqual((damage.amount, damage.state), (389.5, "asked"))
        self.assertEqual(damage.receipt_ids.mapped("filename"), ["x.png", "y.PDF"])
        self.assertIn("reimbursement asked", page)
        page = self.text_of(f"{ROOT}/{self.part}/1")
        for receipt in damage.receipt_ids:
            self.assertIn(receipt.reference, page)
            file = self.url_open(f"/aggression/file/{receipt.reference}")
            self.assertEqual(file.status_code, 200)

    def test_decided_and_paid(self):
        """D12: who asked reads what was decided, why, and the reference of the payment."""
        self.note()
        damage = self.incident.damage_ids
        self.decide_on_damage(damage, 300.0, reason="The glasses were two years old.")
        page = self.text_of(f"{ROOT}/{self.part}/1")
        for words in ("300", "The glasses were two years old.", "will be paid"):
            self.assertIn(words, page)
        self.assertIn("will be paid", self.text_of(f"{ROOT}/zaken/{self.incident.reference}"))

    def test_step_by_step(self):
        """D12: noted first, a receipt later, asked then, and taken back."""
        self.note(asks="")
        damage = self.incident.damage_ids
        self.assertEqual(damage.state, "noted")
        one = f"{self.part}/1"
        self.send(one, files=[("receipts", ("y.pdf", PDF, "application/pdf"))], go="receipt")
        self.assertIn("Choose a file first.", self.send(one, go="receipt").text)
        self.send(one, go="ask")
        self.env.invalidate_all()
        self.assertEqual((damage.state, len(damage.receipt_ids)), ("asked", 1))
        self.send(one, go="withdraw")
        self.env.invalidate_all()
        self.assertEqual(damage.state, "withdrawn")
        self.assertIn("taken back", self.text_of(f"{ROOT}/{one}"))
        again = self.send(one, go="withdraw")
        self.assertEqual(again.status_code, 200)
        self.assertIn("Not everything could be taken over", again.text)
        for number, go in (("2", "ask"), ("0", "ask"), ("1", "x")):
            self.assertEqual(self.send(f"{self.part}/{number}", go=go).status_code, 404)

    def test_what_is_not_taken(self):
        """D12: too large, empty or no receipt; no amount: a sentence at its field, nothing kept."""
        self.patch(evidence, "LARGEST_FILE_MB", 0.001)
        files = [
            ("x.png", PNG + b"x" * 2000, "at most"),
            ("x.docx", b"PK", "a photo or a PDF"),
            ("x.pdf", b"MZ", "not a PDF"),
            ("x.png", b"MZ", "not a picture"),
            ("x.pdf", b"", "is empty"),
        ]
        for name, content, sentence in files:
            with self.subTest(name=name):
                page = self.note([(name, content, "application/pdf")])
                self.assertIn(sentence, self.problems_on(page)["receipts"])
        for amount in ("", "x", "-1", "1e9", "NaN", "12,345"):
            problems = self.problems_on(self.note(amount=amount))
            self.assertIn("Fill in an amount", problems["amount"], amount)
        self.assertIn("at least one cent", self.note(amount="0").text)
        self.assertIn("Say what was damaged", self.problems_on(self.note(what=" "))["what"])
        self.assertFalse(self.incident.damage_ids)

    def test_amounts_as_people_type_them(self):
        typed = {"12": 12, "12,5": 12.5, "€ 1.234,56": 1234.56, "1234.56": 1234.56, "0,01": 0.01}
        screens = self.env["aggression.damage.wizard"]
        for text, amount in typed.items():
            values, problems = screens._parsed(["amount"], {"amount": text})
            self.assertEqual((values, problems), ({"amount": amount}, {}), text)
