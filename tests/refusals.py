from odoo.exceptions import AccessError

from .common import ProtocolCase


class RefusalCase(ProtocolCase):
    """A case, and what refuses by itself, whatever was checked before it."""

    def setUp(self):
        super().setUp()
        self.case = self.report(causer_kind="person", causer_name="J. Jansen")

    def refused(self, call, error=AccessError, words=""):
        with self.assertRaisesRegex(error, words), self.cr.savepoint():
            call()
            self.env.flush_all()
        self.env.invalidate_all(flush=False)

    def screen(self, by, name, **values):
        return self.model_as(by, f"aggression.{name}").create(values)

    def on_case(self, by, name, **values):
        return self.screen(by, name, incident_id=self.case.id, **values)

    def end_access(self, login):
        """Take the rows away without the screens that hang on them."""
        self.env.cr.execute(
            "DELETE FROM aggression_access WHERE user_id = %s", [self.users[login].id]
        )
        self.env.invalidate_all()
