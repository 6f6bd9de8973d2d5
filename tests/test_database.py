from .complete_case import CompleteCase


class TestDatabase(CompleteCase):
    """What the database itself guards stands there: Odoo only warns when it cannot add it."""

    def names(self, query):
        self.env.cr.execute(query)
        return {name for (name,) in self.env.cr.fetchall()}

    def test_constraints_and_unique_indexes(self):
        """A1, M5: one decision, one row of access: whatever the code above it does."""
        there = self.names("SELECT conname FROM pg_constraint")
        there |= self.names("SELECT relname FROM pg_class WHERE relkind = 'i'")
        declared = {
            guard.full_name(self.env[name])
            for name in self.addon_models()
            for guard in self.env[name]._table_objects.values()
        }
        self.assertGreater(len(declared), 30)
        self.assertFalse(declared - there)

    def test_triggers(self):
        """C5: rows that are only added, also by who passes Odoo by."""
        there = self.names("SELECT tgname FROM pg_trigger")
        for name in self.env.registry.descendants(["aggression.append.only"], "_inherit"):
            model = self.env[name]
            if not model._abstract:
                for event in ("row", "table"):
                    self.assertIn(f"{model._table}_append_only_{event}", there)
