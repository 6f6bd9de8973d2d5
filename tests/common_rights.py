from .common import ProtocolCase

ADDON = "aggression_protocol"


class RightsCase(ProtocolCase):
    """Words to speak of the log of changes of rights in."""

    def setUp(self):
        super().setUp()
        self.forget()

    def forget(self):
        self.known = self.env["aggression.rights.change"].search([]).ids

    def rows(self, **values):
        """Return the rows written since ``forget`` that have these values."""
        self.env.flush_all()
        rows = self.env["aggression.rights.change"].search([("id", "not in", self.known)])
        return rows.filtered(lambda row: all(row[name] == value for name, value in values.items()))

    def told(self, **values):
        """Return {(by, kind, did, whom, what)} of the new rows."""
        return {
            (row.by_id.login, row.kind, row.step, row.user_id.login, row.what)
            for row in self.rows(**values)
        }

    def group(self, name):
        return self.env.ref(name if "." in name else f"{ADDON}.group_{name}")
