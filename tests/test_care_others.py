from odoo.exceptions import UserError
from odoo.tests import freeze_time

from .refusals import RefusalCase


@freeze_time("2026-03-07 10:00:00")
class TestCareForOthers(RefusalCase):
    """Z1, Z3: a witness and the home front can need care as well."""

    def offer(self, by, for_whom="witness", name="W. Willems"):
        action = self.as_user(by, self.case.affected_ids).action_offer_care()
        screen = self.env[action["res_model"]].with_user(self.users[by])
        screen = screen.with_context(**action["context"])
        screen.create({"for_whom": for_whom, "name": name}).action_save()
        return self.case.affected_ids.aftercare_ids.filtered(lambda care: care.for_whom != "hit")

    def test_the_same_talks(self):
        """Z1, Z6, Z7, Z8: as for the person hit, counted from the offer."""
        care = self.offer("clerk")
        self.assertEqual(care.carer_id, self.users["mayor"])
        self.assertEqual(
            [(talk.number, str(talk.due_at)) for talk in care.talk_ids],
            [(1, "2026-03-08 10:00:00"), (2, "2026-03-10 10:00:00"), (3, "2026-04-18 09:00:00")],
        )
        duties = self.case.duty_ids.filtered(lambda duty: duty.talk_id in care.talk_ids)
        self.assertEqual(len(duties), 3)
        self.assertEqual(set(duties.mapped("user_id.login")), {"mayor"})
        mine = self.as_user("mayor", duties)
        self.assertEqual(mine.mapped("person"), ["W. Willems"] * 3)
        self.assertEqual(self.as_user("clerk", duties)[0].person, "Name of councillor")
        self.assertEqual(mine[0].action_open_step()["res_id"], care.id)
        self.as_user("mayor", care.talk_ids[0]).action_hold()
        self.assertEqual(care.talk_ids[0].state, "held")

    def test_between_them_and_their_carer(self):
        """C5, Z1: the person hit, who offered it, reads nothing of it afterwards."""
        for by, for_whom in (("clerk", "witness"), ("councillor", "family")):
            care = self.offer(by, for_whom).filtered(lambda c, w=for_whom: c.for_whom == w)
            self.as_user("mayor", care.talk_ids[0]).notes = "Saw it all."
            self.assertEqual(self.as_user("mayor", care).person, "W. Willems")
            for login in ("councillor", "clerk", "coordinator", "administrator", "deputy"):
                with self.subTest(login=login, care=for_whom):
                    self.closed_to(login, care)

    def closed_to(self, login, care):
        self.refused(lambda: self.as_user(login, care).read(["id"]))
        self.refused(lambda: self.as_user(login, care.talk_ids).read(["id"]))
        self.refused(lambda: self.as_user(login, care).action_decline())
        self.refused(lambda: self.as_user(login, care).action_plan_talk())

    def test_another_carer_of_the_person_leaves_it_alone(self):
        """Z2, C5: who cares for the person hit from now on does not read the witness's care."""
        care = self.offer("clerk")
        mine = self.case.affected_ids._own_care()
        mine.with_user(self.users["councillor"])._choose_carer(self.users["uninvolved"])
        self.assertEqual(self.as_user("mayor", care).person, "W. Willems")
        self.refused(lambda: self.as_user("mayor", mine).read(["id"]))
        self.refused(lambda: self.as_user("uninvolved", care).read(["id"]))

    def test_it_goes_along_with_the_role(self):
        """C3: whoever answers for the care next takes it over, with its duties."""
        care = self.offer("clerk")
        self.role("mayor").assignment_ids = [(5,)]
        self.assertEqual(care.carer_id, self.users["deputy"])
        self.assertEqual(self.as_user("deputy", care).person, "W. Willems")
        duties = self.case.duty_ids.filtered(lambda duty: duty.talk_id in care.talk_ids)
        self.assertEqual(set(duties.mapped("user_id.login")), {"deputy"})
        self.refused(lambda: self.as_user("mayor", care).read(["id"]))

    def test_who_offers_it(self):
        """Z1: the person, their carer and who handles the case."""
        person = self.case.affected_ids
        for login in ("other_councillor", "uninvolved", "administrator"):
            mine = person.with_user(self.users[login])
            self.refused(
                lambda m=mine: m.env["aggression.aftercare"]._offer_beside(m, "witness", "x")
            )
        clerk = self.as_user("clerk", person)
        cares = clerk.env["aggression.aftercare"]
        for for_whom, name in (("witness", " "), ("hit", "x"), (False, "x")):
            self.refused(lambda w=for_whom, n=name: cares._offer_beside(clerk, w, n), UserError)
        self.role("mayor").assignment_ids = [(5,)]
        self.role("deputy_mayor").assignment_ids = [(5,)]
        self.refused(lambda: cares._offer_beside(clerk, "witness", "x"), UserError, "Nobody")

    def test_not_on_the_print_of_the_person_hit(self):
        """C5: what a witness said is not data about the person hit."""
        care = self.offer("clerk")
        self.as_user("mayor", care.talk_ids[0]).notes = "Saw it all."
        wizard = self.model_as("councillor", "aggression.data.subject.wizard").create({})
        told = str(wizard._gather())
        self.assertNotIn("Saw it all.", told)
        self.assertNotIn("W. Willems", told)
