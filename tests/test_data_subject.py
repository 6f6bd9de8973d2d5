import io
from itertools import chain

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .canary import WORD, plant, words_in
from .common_read_log import ReadLogMixin
from .complete_case import CompleteCase

PAPER = "aggression_protocol.data_subject"
NOW = "2026-04-01 10:00:00"


@freeze_time(NOW)
class TestDataSubject(ReadLogMixin, CompleteCase):
    """AVG, article 15: what is kept about somebody, and about nobody else."""

    def screen(self, login="officer", **values):
        values = {"about": "self"} if login != "officer" and not values else values
        if values.get("about") in ("name", "account"):
            values = {"identity_checked": True, "received_on": "2026-03-20", **values}
        return self.model_as(login, "aggression.data.subject.wizard").create(values)

    def paper(self, login="officer", **values):
        """Return the printed paper as HTML."""
        screen = self.screen(login, **values)
        screen.action_print()
        reports = self.model_as(login, "ir.actions.report")
        return reports._render_qweb_html(PAPER, screen.ids)[0].decode()

    def about(self, login, **values):
        return self.paper(about="account", user_id=self.users[login].id, **values)

    def everything(self):
        """Put a canary in every field of both cases; return {canary: record}."""
        records = [
            record
            for (row, _number), found in self.records.items()
            if self.holds_cases(row)
            for record in found
        ]
        planted = {}
        for record in records:
            planted.update(dict.fromkeys(plant(record), record))
        self.env.invalidate_all()
        return planted

    def names_of_others(self, *own):
        return [user.name for login, user in self.users.items() if login not in own]

    def assertTellsOf(self, text, *own):
        """The paper names nobody but these."""
        for name in self.names_of_others(*own):
            self.assertNotIn(name, text)

    def test_what_the_inspectorate_is_told(self):
        """D10: birth date and injury are data about the person hurt; in words for them alone."""
        person = self.records["aggression.inspectorate.notice", 1].affected_id[:1]
        notice = self.env["aggression.inspectorate.notice"].search(
            [("affected_id", "=", person.id)]
        )
        notice._unlocked().write({"birth_date": "1 April 1970"})
        login = person.user_id.login
        self.assertIn("1 April 1970", self.paper(login))
        printed = self.about(login)
        self.assertIn("Notice to the Labour Inspectorate", printed)
        self.assertNotIn("1 April 1970", printed)

    # -- the causer ---------------------------------------------------------------------

    def test_a_causer_reads_of_nobody_else(self):
        """AVG 15(4): not who reported, who was hit, who cares, nor a word that they typed."""
        causer = self.cases[0].causer_ids
        planted = self.everything()
        causer.write({"name": "J. Jansen", "address": "Street 1", "accounts": "@jjansen"})
        self.cases[1].causer_ids.name = "Another"
        self.env.flush_all()
        text = self.paper(about="name", person_name="j.  jansen")
        for told in (
            self.cases[0].reference,
            causer.reference,
            "J. Jansen",
            "Street 1",
            "@jjansen",
        ):
            self.assertIn(told, text)
        self.assertIn("withheld", text)
        heard = {str(planted[word]) for word in words_in(text)}
        self.assertEqual(heard, {str(self.cases[0].hearing_ids)}, "the own words alone")
        self.assertTellsOf(text)
        self.assertNotIn(self.cases[1].reference, text)
        self.assertNotIn(self.cases[0].affected_ids[0].office_id.name, text)

    def reported_today(self, **values):
        """Return a case of which nothing was done yet."""
        with freeze_time("2026-03-30 10:00:00"):
            return self.report(
                occurred_at="2026-03-29 10:00:00", reported_at="2026-03-30 10:00:00", **values
            )

    def test_a_case_of_which_nothing_was_told_stays_unknown(self):
        """UAVG 41: before a decision the paper would tell the causer that somebody reported."""
        fresh = self.reported_today(causer_kind="person", causer_name="Not told yet")
        text = self.paper(about="name", person_name="Not told yet")
        self.assertNotIn(fresh.reference, text)
        self.assertIn("We keep nothing about you", text)

    def test_namesakes(self):
        """Two files under one name: whose is it? The reference on a letter tells."""
        for case in self.cases:
            self.assertEqual(case.causer_ids.name, "J. Jansen")
        with self.assertRaisesRegex(UserError, "More than one file"):
            self.paper(about="name", person_name="J. Jansen")
        text = self.paper(
            about="name", person_name="J. Jansen", case_reference=self.cases[1].reference
        )
        self.assertIn(self.cases[1].reference, text)
        self.assertNotIn(self.cases[0].reference, text)

    def test_somebody_hit_without_an_account(self):
        case = self.reported_today(hit="M. de Boer", office="civil_servant", impact="Cannot sleep.")
        text = self.paper(about="name", person_name="M. de Boer")
        self.assertIn(case.reference, text)
        self.assertIn("You were hit", text)
        self.assertNotIn("Cannot sleep.", text, "not to the privacy officer")

    # -- the person hit, the reporter and others ----------------------------------------

    def test_own_data_of_the_person_hit(self):
        """Z1, Z2: one's own harm and notes of care, on one's own print; nobody else's."""
        text = self.paper("councillor")
        for told in (self.cases[0].reference, "Bad dreams.", "Sleeps badly.", "Mental"):
            self.assertIn(told, text)
        self.assertTellsOf(text)
        for word in ("J. Jansen", "red coat", "His brother", "back door"):
            self.assertNotIn(word, text)

    def test_what_one_agreed_to(self):
        """D1, D3: one's own answers, also those taken back, are on one's own print alone."""
        person = self.as_user("councillor", self.cases[0].affected_ids[0])
        person._agree("briefing")
        person._withdraw("briefing")
        text = self.paper("councillor")
        self.assertIn("A colleague whom I trust reads a short summary", text)
        self.assertIn("taken back on", text)
        self.assertNotIn("A colleague whom I trust", self.about("councillor"))

    def test_canaries_of_others(self):
        """Of all that is kept in both cases a person hears only their own harm and talks."""
        planted = self.everything()
        own = self.cases[0].affected_ids[0]
        for login, whose in (("councillor", own), ("alderman", self.cases[0].affected_ids[1])):
            heard = {planted[word] for word in words_in(self.paper(login))}
            self.assertTrue(heard)
            self.assertLessEqual(heard, self.written_about(whose), login)
        for login in ("desk", "clerk", "mayor", "coordinator", "confidant", "uninvolved"):
            heard = words_in(self.paper(login))
            own = self.written_about(self.cases[1].affected_ids) if login == "mayor" else set()
            self.assertFalse({planted[word] for word in heard} - own)

    def written_about(self, person):
        """Return the records that are about this person alone."""
        care = person._own_care()
        followed = self.env["aggression.prosecution"].search([("affected_id", "=", person.id)])
        police = (person.declaration_ids, person.protection_ids, followed, followed.request_ids)
        mine = [("asked_by_id", "=", person.user_id.id)]
        asked = self.env["aggression.consultation"].search(mine)
        begun = self.env["aggression.report.draft"].search([("create_uid", "=", person.user_id.id)])
        lost = self.env["aggression.damage"].search([("affected_id", "=", person.id)])
        told = self.env["aggression.inspectorate.notice"].search([("affected_id", "=", person.id)])
        words = self.env["aggression.briefing"].search([("affected_id", "=", person.id)])
        helped = self.env["aggression.risk.talk"].search(mine)
        own = (asked, begun, begun.file_ids, lost, lost.receipt_ids, told, words, helped)
        parts = (care.talk_ids, care.appointment_ids, care.referral_ids, *police, *own)
        return {person, *care, *chain.from_iterable(parts)}

    def test_the_officer_does_not_read_the_care(self):
        """Z2: the notes stay between the person and the carer, whoever prints."""
        self.everything()
        text = self.about("councillor")
        self.assertIn(self.cases[0].reference, text)
        self.assertNotIn(WORD, text)
        self.assertIn("in your own file", text)
        self.assertTellsOf(text)

    def test_the_officer_does_not_learn_of_police_matters(self):
        """D3, D7: not that there is a declaration or protection, nor who knows of it."""
        told = ("Your declaration", "How you are protected", "Knows how somebody is protected")
        for login in ("councillor", "clerk"):
            for words in told:
                self.assertNotIn(words, self.about(login))
        for words in told[:2]:
            self.assertIn(words, self.paper("councillor"))
        self.assertIn(told[2], self.paper("clerk"))

    def test_the_reporter(self):
        text = self.about("desk")
        self.assertIn("Reporter", text)
        self.assertNotIn("What happened, in the words", text)
        self.assertTellsOf(text)

    def test_who_is_kept_out_learns_nothing(self):
        """C5: not even from their own request that there is a case they are kept out of.

        Nor from a row that came in at the very moment in which they were kept out.
        """
        self.env.cr.execute(
            "INSERT INTO aggression_access (incident_id, user_id, role, reason) "
            "VALUES (%s, %s, 'handler', 'route')",
            (self.cases[0].id, self.users["kept_out"].id),
        )
        for text in (self.about("kept_out"), self.paper("kept_out")):
            self.assertIn("We keep nothing about you", text)
            for case in self.cases:
                self.assertNotIn(case.reference, text)

    # -- who may ask --------------------------------------------------------------------

    def test_nobody_but_the_officer_asks_about_another(self):
        for login in ("clerk", "coordinator", "mayor", "manager", "employee", "administrator"):
            for values in (
                {"about": "account", "user_id": self.users["councillor"].id},
                {"about": "name", "person_name": "J. Jansen"},
            ):
                with self.subTest(login=login, values=values), self.assertRaises(AccessError):
                    self.screen(login, **values).action_print()
            own = self.screen(login, about="self")
            with self.assertRaises(AccessError):
                own.write({"about": "account", "user_id": self.users["councillor"].id})

    def test_the_screen_asks_about_others_only_for_the_officer(self):
        asked = {
            login: self.model_as(login, "aggression.data.subject.wizard").create({}).is_officer
            for login in ("officer", "councillor", "clerk")
        }
        self.assertEqual(asked, {"officer": True, "councillor": False, "clerk": False})

    def test_not_by_the_paper_of_somebody_else(self):
        """Neither printed nor read: the screen is of who opened it."""
        screen = self.screen("councillor")
        for login in ("officer", "alderman", "clerk", "administrator"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self.model_as(login, "ir.actions.report")._render_qweb_html(PAPER, screen.ids)
            with self.assertRaises(AccessError):
                self.as_user(login, screen).action_print()

    def test_who_asks_is_checked(self):
        for values in ({"identity_checked": False}, {"person_name": " "}, {"received_on": False}):
            values = {"about": "name", "person_name": "J. Jansen-Maas", **values}
            with self.subTest(values=values), self.assertRaises(UserError):
                self.screen(**values).action_print()

    # -- what stays of it ---------------------------------------------------------------

    def test_the_register(self):
        """AVG 12(3): within a month; when and by whom, and not who asked."""
        requests = self.env["aggression.data.request"]
        before = requests.search([])
        self.screen(
            about="name", person_name="Somebody", received_on="2026-01-31"
        ).action_register()
        request = requests.search([]) - before
        self.assertEqual(str(request.due_on), "2026-02-28")
        self.assertFalse(request.done_at)
        screen = self.screen(about="name", person_name="Somebody", request_id=request.id)
        screen.action_print()
        self.env.invalidate_all()
        self.assertEqual(str(request.done_at), NOW)
        self.assertEqual(request.answered_by_id.login, "officer")
        with self.assertRaises(AccessError):
            request.write({"received_on": "2026-03-01"})
        with self.assertRaises(AccessError):
            request.unlink()
        self.assertFalse([n for n, f in request._fields.items() if "name" in n and f.store])

    def test_it_is_in_the_read_log(self):
        self.forget()
        self.about("councillor")
        rows = self.readings(kind="printed", model="aggression.incident")
        self.assertEqual(rows.user_id.login, "officer")
        self.assertIn(self.cases[0], rows.incident_id)

    def test_nothing_of_it_is_kept(self):
        """What was found is on paper alone: no attachment, no column."""
        before = self.env["ir.attachment"].search_count([])
        screen = self.screen("councillor")
        screen.action_print()
        reports = self.model_as("councillor", "ir.actions.report")
        pdf = reports.with_context(force_report_rendering=True)
        content, _kind = pdf._render_qweb_pdf(PAPER, screen.ids)
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        self.assertIn("Sleeps badly.", text)
        self.assertEqual(self.env["ir.attachment"].search_count([]), before)
        self.assertNotIn("Sleeps", str(screen.sudo().read()))
