"""The care of one person, with its buttons."""

from .refusals import RefusalCase

NOW = "2026-03-07 10:00:00"


class CareCase(RefusalCase):
    """The care of a councillor, given by the mayor."""

    def setUp(self):
        super().setUp()
        self.care = self.case.affected_ids.aftercare_ids
        self.talks = self.care.talk_ids

    def press(self, by, record, button, **values):
        """Press a button that opens a screen, fill it in and save it."""
        action = getattr(self.as_user(by, record), button)()
        screen = self.env[action["res_model"]].with_user(self.users[by])
        screen.with_context(**action["context"]).create(values).action_save()

    def care_duties(self):
        return self.case.duty_ids.filtered("aftercare_id")
