from base64 import b64decode, b64encode
from hashlib import sha256

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import freeze_time

from .common import ProtocolCase
from .printed import words_of

STORY = 'Under a post he wrote: "We know where to find you."'
FORM = "aggression_protocol.police_form"
SHEET = "aggression_protocol.police_sheet"


@freeze_time("2026-03-10 09:00:00")
class TestPoliceForm(ProtocolCase):
    """M8, D1, D4: what the police are given, on paper."""

    def setUp(self):
        super().setUp()
        file = {"filename": "post.txt", "content": b64encode(STORY.encode()), "source": "A link"}
        self.incident = self.classify(
            self.report(
                story=STORY,
                where="Under the post on the budget",
                causer_kind="person",
                causer_name="J. Jansen",
                file_ids=[Command.create(file)],
            ),
            "threat",
        )

    def declare(self, **values):
        values = {"incident_id": self.incident.id, "agrees": True, **values}
        self.model_as("councillor", "aggression.declaration.wizard").create(values).action_save()
        return self.incident.affected_ids._declaration()

    def html(self, declaration, login="clerk", report=FORM):
        reports = self.model_as(login, "ir.actions.report")
        return reports._render_qweb_html(report, declaration.ids)[0].decode()

    def test_what_it_says(self):
        """M8, D1: the office, the code, the questions, the words, the evidence with its hash."""
        declaration = self.declare(
            witnesses="The clerk of the committee.",
            in_what_way="In a post.",
            protective_needs="A light at the door.",
            wants_compensation=True,
        )
        html = self.html(declaration)
        evidence = self.incident.evidence_ids
        for words in (
            *("code for violence against a public task (VPT)", "Councillor", "Not filed yet"),
            *("Threat (art. 285 Criminal Code)", "Under the post on the budget"),
            *("6 March 2026, 22:50", "We know where to find you.", "The clerk of the committee."),
            *("In a post.", "A light at the door.", "Wants to recover the damage"),
            *("The town hall", "post.txt", evidence.sha256[:32], evidence.sha256[32:]),
            *("First incident of this causer", "Name of order_officer", "J. Jansen"),
        ):
            with self.subTest(words=words):
                self.assertIn(words, html)

    def test_damage_in_euros(self):
        """D2: whatever the books of the company are kept in."""
        self.model_as("councillor", "aggression.damage")._note(
            self.as_user("councillor", self.incident),
            self.as_user("councillor", self.incident.affected_ids),
            {"what": "Glasses", "amount": 1389.5},
        )
        declaration = self.declare()
        self.incident.company_id.sudo().currency_id = self.env.ref("base.USD")
        html = self.html(declaration)
        self.assertIn("€\N{NO-BREAK SPACE}1,389.50", html)
        self.assertNotIn("$", html)

    def test_who_was_hit_is_on_the_closed_sheet(self):
        """D4: the name stands on a sheet of its own, which says how to keep it."""
        declaration = self.declare(under_number=True)
        self.assertNotIn("Name of councillor", self.html(declaration))
        self.assertIn("under a number", self.html(declaration))
        sheet = self.html(declaration, report=SHEET)
        self.assertIn("Name of councillor", sheet)
        self.assertIn("Keep this sheet out of the file", sheet)
        self.assertNotIn("We know where", sheet)

    def test_the_address_that_was_chosen(self):
        """D4: home is left open to be written by hand; the municipality keeps it nowhere."""
        town = self.incident.company_id.street or ""
        declaration = self.declare(address_choice="home")
        self.assertIn("The home address", self.html(declaration))
        self.assertIn("paper-room", self.html(declaration, report=SHEET))
        self.assertTrue(not town or town not in self.html(declaration, report=SHEET))

    def test_what_is_missing(self):
        """M8: told before it is printed: first what stops it, then what the police ask."""
        declaration = self.declare(offence_ids=[Command.clear()], why_it_was=False)
        missing = self.as_user("clerk", declaration).missing.splitlines()
        self.assertEqual(missing[0], "Choose which offences are possible.")
        self.assertIn("In what way, Why", missing[1])
        self.assertIn("No witnesses are named.", missing)
        self.assertNotIn("There are no files as evidence.", missing)
        self.declare(
            offence_ids=[Command.set(self.behaviours("threat").offence_ids.ids)],
            in_what_way="In a post.",
            who_did_it="J. Jansen",
            why_it_was="To frighten.",
            witnesses="The clerk.",
        )
        self.assertFalse(self.as_user("clerk", declaration).missing)

    def test_the_numbers_are_for_who_handles_it(self):
        """A12, C5: whoever was hit reads nothing of earlier incidents on their own print."""
        declaration = self.declare()
        self.assertNotIn("incident of this causer", self.html(declaration, "councillor"))
        self.assertNotIn("J. Jansen", self.html(declaration, "councillor"))

    def test_who_prints_it(self):
        """D3: as who reads the declaration, and no longer than that."""
        declaration = self.declare()
        for login in ("other_councillor", "uninvolved", "employee", "administrator"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.html(declaration, login)
        self.as_user("councillor", self.incident.affected_ids)._withdraw("declaration")
        for report in (FORM, SHEET):
            with self.assertRaises(AccessError):
                self.html(declaration, "clerk", report)
        self.assertIn("We know", self.html(declaration, "councillor"))

    def test_kept_as_it_was_filed(self):
        """M8, A9: the very bytes, with their fingerprint, whatever changes later."""
        declaration = self.declare(witnesses="The clerk.")
        self.as_user("order_officer", declaration)._file(mandate="Mandate 7")
        forms = declaration.form_ids
        self.assertEqual(forms.mapped("kind"), ["form", "sheet"])
        for form in forms:
            self.assertEqual(form.sha256, sha256(b64decode(form.content)).hexdigest())
        text = words_of(b64decode(forms[0].content))
        self.assertIn("Mandate 7", text)
        self.assertNotIn("Not filed yet", text)
        self.assertNotIn("Name of councillor", text)
        self.assertIn("Name of councillor", words_of(b64decode(forms[1].content)))
        printed = self.as_user("clerk", declaration).action_print_form()
        self.assertIn(forms[0].reference, printed["url"])
        self.as_user("councillor", self.incident.affected_ids)._withdraw("declaration")
        with self.assertRaises(AccessError):
            self.as_user("clerk", forms[0]).read(["content"])

    def test_a_notification(self):
        """A8: says that it declares nothing, and has neither evidence nor a closed sheet."""
        person = self.incident.affected_ids.with_user(self.users["mayor"])
        declarations = self.model_as("mayor", "aggression.declaration")
        notification = declarations._notify(person, "A threat under a post.")
        html = self.html(notification)
        self.assertIn("It declares no offence", html)
        for words in ("Name of councillor", "We know where", "post.txt", "Possible offences"):
            self.assertNotIn(words, html)
        self.assertEqual(notification.form_ids.mapped("kind"), ["form"])
        with self.assertRaisesRegex(UserError, "no sheet with personal data"):
            self.as_user("mayor", notification).action_print_sheet()
        by_address = self.html(notification, report=SHEET)
        self.assertIn("no sheet with personal data", by_address)
        self.assertNotIn("Name of councillor", by_address)

    def test_when_the_causer_is_forgotten(self):
        """C12: with the name goes what it stands on."""
        declaration = self.declare()
        self.as_user("order_officer", declaration)._file()
        declaration._forget_causer()
        self.assertFalse(declaration.form_ids or declaration.who_did_it)
