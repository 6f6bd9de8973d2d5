from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from ..controllers.portal_care import FORMS
from .common import ProtocolCase
from .portal_browser import AT_400_PERCENT, DESK, TELEPHONE, PortalBrowser
from .portal_pages import BESIDE, ROOT


def soon():
    return fields.Date.today() + timedelta(days=20)


@tagged("post_install", "-at_install")
class TestBarriers(PortalBrowser, HttpCase, ProtocolCase):
    """WCAG 2.2 AA on every page: on a telephone, at 400 % and at a desk."""

    maxDiff = None

    def fill(self):
        """Let there be something on every page, and a report that was begun."""
        self.log_in("councillor")
        self.report_on_the_portal()
        asked = self.model_as("councillor", "aggression.consultation")._ask(
            "Is this over the line?", self.role("council_clerk")
        )
        self.as_user("clerk", asked)._answer("advice", "Let us talk about it.")
        self.step(1, files=[("files", ("x.txt", b"Words.", "text/plain"))])
        self.step(2)
        self.fill_case()
        own = [*self.pages(), f"{ROOT}/melden/2", f"{ROOT}/melden/3"]
        case = f"{ROOT}/zaken/{self.case.reference}"
        beside = ("tijd/1", "eerder/1", "hulp/0", "naasten", "naasten/aangeboden")
        own += [f"{case}/zorg/{step}" for step in (*beside, *FORMS)]
        own += [f"{case}/schade/1", f"{ROOT}/hulp/{self.talk.reference}"]
        return [*own, f"{case}/stappen", f"{ROOT}/twijfel/{asked.reference}"]

    def fill_case(self):
        """Let there be a proposed time, help, a declaration, damage and a talk with help."""
        self.case.affected_ids.write({"family_hit": True})
        case = f"zaken/{self.case.reference}"
        receipt = [("receipts", ("x.pdf", b"%PDF-1.4", "application/pdf"))]
        when = {"start_at_on": soon().isoformat(), "start_at_time": "09:30", "minutes": "45"}
        self.send(f"{case}/zorg/tijd/1", **when)
        self.send(f"{case}/aangifte", text="He shouted.", go="keep")
        self.send(f"{case}/schade", files=receipt, what="Glasses", amount="12,50", asks="1")
        self.ask_for_training()
        self.talk = self.model_as("councillor", "aggression.risk.talk")._ask(
            {
                "talk_at": fields.Datetime.now() + timedelta(days=30),
                "minutes": 60,
                "place": "Room 1",
                "help_kind": "present",
            }
        )

    def ask_for_training(self):
        activities = self.model_as("councillor", "aggression.prevention.activity")
        [(kind, _name)] = activities._choices_kind_id()
        return activities._ask_for(kind, False, False)

    def assertNoBarriers(self, login, paths, sizes):
        with self.telephone(login) as telephone:
            for path in paths:
                telephone.open(path)
                for size in sizes:
                    telephone.resize(*size)
                    with self.subTest(path=path, size=size):
                        self.assertEqual(telephone.barriers(), [])

    def test_every_page(self):
        """U1, M1: no barrier that axe-core finds, and nothing to scroll sideways."""
        self.assertNoBarriers("councillor", self.fill(), (TELEPHONE, AT_400_PERCENT, DESK))

    def test_where_nothing_stands_yet(self):
        paths = [f"{ROOT}/{path}" for path in ("zaken", "twijfel", "melden", *BESIDE)]
        self.assertNoBarriers("alderman", ["/my", *paths], [TELEPHONE])

    def test_what_is_wrong(self):
        """M1: a page with what is wrong has no barrier, and begins with what is wrong."""
        self.ask_for_training()  # twice is wrong
        with self.telephone("councillor") as telephone:
            press = "form .btn-primary"
            filled_in = [(path, press) for path in ("twijfel", "hulp", "bijeenkomsten")]
            for path, button in (("melden/1", "[value=next]"), *filled_in):
                telephone.open(f"{ROOT}/{path}")
                telephone.follow(button, "#problems:focus")
                self.assertEqual(telephone.barriers(), [], path)


@tagged("post_install", "-at_install")
class TestKeyboard(PortalBrowser, HttpCase, ProtocolCase):
    """M1, D1, D3, D12, Z11: everything can be done with the keyboard alone, on a narrow screen."""

    def test_report_agree_and_decline(self):
        with self.telephone("councillor") as telephone:
            self.report(telephone)
            telephone.follow("main a.btn-primary", "#consents")
            telephone.follow("#consents button[value=give]", "#consents button[value=withdraw]")
            telephone.follow("#consents button[value=withdraw]", "#consents button[value=give]")
            self.choose_care(telephone)
            self.ask_for_damage(telephone)
        consents = self.env["aggression.consent"].search([("affected_id", "=", self.person().id)])
        self.assertEqual(consents.mapped("purpose"), ["declaration"])
        self.assertTrue(consents.withdrawn_at)
        states = self.person().aftercare_ids.talk_ids.mapped("state")
        self.assertEqual(states, ["planned", "declined", "planned"])
        appointment = self.person().aftercare_ids.appointment_ids
        self.assertEqual((appointment.state, appointment.place), ("proposed", "At home"))
        damage = self.person().incident_id.damage_ids
        self.assertEqual((damage.what, damage.amount, damage.state), ("Glasses", 12.5, "asked"))

    def choose_care(self, telephone):
        """Propose a time for the first talk and decline the second, key by key (Z6, Z11)."""
        telephone.follow("#care a.btn", "#talks")
        telephone.follow("#talks a.btn", "#f_start_at")
        telephone.tab_to("#f_start_at")
        for digit in soon().strftime("%m%d%Y"):
            telephone.press(digit)
        telephone.tab_to("#f_start_at_time")
        for digit in "0930P":
            telephone.press(digit)
        telephone.tab_to("#f_place")
        telephone.type("At home")
        telephone.follow("main form .btn-primary", says="You proposed:")
        telephone.tab_to("#talks li:nth-child(2) summary")
        telephone.press("Enter")
        telephone.follow(
            "#talks li:nth-child(2) button[value=decline]", says="You declined this talk"
        )

    def ask_for_damage(self, telephone):
        """Write damage down and ask that it is reimbursed, key by key (D12)."""
        telephone.follow("#matters a[href$=schade]", "#f_what")
        telephone.tab_to("#f_what")
        telephone.type("Glasses")
        telephone.tab_to("#f_amount")
        telephone.type("12,50")
        telephone.follow("main form .btn-primary", says="reimbursement asked")

    def person(self):
        self.env.invalidate_all()
        return self.env["aggression.incident"].search([]).affected_ids

    def report(self, telephone):
        """Take the three steps of the report, key by key."""
        telephone.open("/my")
        telephone.follow("a[href='/my/agressie/melden']", "#f_story")
        telephone.tab_to("#f_story")
        telephone.type("He shouted at the door.")
        telephone.tab_to("[name=channel]")
        telephone.press(" ")
        telephone.follow("[value=next]", "#f_occurred_at")
        telephone.tab_to("#f_occurred_at")
        for digit in "03062026":
            telephone.press(digit)
        telephone.tab_to("#f_occurred_at_time")
        for digit in "0930P":
            telephone.press(digit)
        telephone.tab_to("[name=place]")
        telephone.press(" ")
        telephone.press("ArrowDown")
        telephone.follow("[value=next]", "#f_hit")
        telephone.tab_to("[name=hit]")
        telephone.press(" ")
        telephone.follow("[value=next]", says="Your report was sent")
