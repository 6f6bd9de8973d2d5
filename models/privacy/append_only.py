from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

# In the database, so that SQL which passes Odoo by is stopped too. Only the retention deletes, and
# nothing younger than the half year that the archives' selection list keeps login data; only it
# writes, and nothing but the columns that the trigger was given, in a row that is not done with.
FUNCTION = SQL("""
    CREATE OR REPLACE FUNCTION aggression_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF current_setting('aggression.retention', true) = 'on' THEN
            IF TG_OP = 'DELETE' AND TG_ARGV[0] = 'forgets' THEN
                IF OLD.at < now() AT TIME ZONE 'UTC' - interval '6 months' THEN
                    RETURN OLD;
                END IF;
            END IF;
            IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - TG_ARGV[1:] = to_jsonb(OLD) - TG_ARGV[1:]
                AND to_jsonb(OLD) ->> 'done_at' IS NULL
            THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE insufficient_privilege
            USING MESSAGE = TG_TABLE_NAME || ' can only be added to: no ' || TG_OP;
    END $$
""")


class AppendOnly(models.AbstractModel):
    """Rows that are added and never change.

    Promise: nobody changes or deletes one, the administrator and SQL included; what the retention
    term has passed for is deleted by :meth:`_forget_before` and by nothing else, and what it
    leaves empty or fills in is set by :meth:`_retain`. Whoever owns the database can take the
    trigger away: that is for the database's own log to show.
    """

    _name = "aggression.append.only"
    _description = "Rows that are only added"

    # Whether old rows may be forgotten, and the columns that the retention may still write.
    _forgets = True
    _retained = ()

    def init(self):
        if not self._auto or self._abstract:
            return
        table = SQL.identifier(self._table)
        self.env.cr.execute(FUNCTION)
        given = ["forgets" if self._forgets else "keeps", *self._retained]
        for name, event in (("row", "UPDATE OR DELETE"), ("table", "TRUNCATE")):
            trigger = SQL.identifier(f"{self._table}_append_only_{name}")
            self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, table))
            self.env.cr.execute(
                SQL(
                    "CREATE TRIGGER %s BEFORE %s ON %s FOR EACH %s "
                    "EXECUTE FUNCTION aggression_append_only(%s)",
                    trigger,
                    SQL(event),
                    table,
                    SQL("ROW" if name == "row" else "STATEMENT"),
                    SQL(", ").join(SQL("%s", word) for word in given),
                )
            )

    @api.model
    def _forget_before(self, moment):
        """Delete the rows from before ``moment``: the retention's own way, at least six months.

        :return: how many rows are gone
        """
        with self._door():
            self.env.cr.execute(
                SQL("DELETE FROM %s WHERE at < %s", SQL.identifier(self._table), moment)
            )
            gone = self.env.cr.rowcount
        self.invalidate_model()
        return gone

    @api.model
    def _retain(self, condition, **values):
        """Set columns of the rows for which an SQL condition holds: the retention's own way."""
        changes = [SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items()]
        self.env.flush_all()
        with self._door():
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s WHERE %s",
                    SQL.identifier(self._table),
                    SQL(", ").join(changes),
                    condition,
                )
            )
        self.invalidate_model()

    @contextmanager
    def _door(self):
        """Open, for the statements within, what the trigger keeps shut."""
        self.env.cr.execute("SET LOCAL aggression.retention = 'on'")
        yield
        self.env.cr.execute("SET LOCAL aggression.retention = 'off'")

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self._unchangeable_sentence())

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_retention(self):
        raise AccessError(self._unchangeable_sentence())

    def _unchangeable_sentence(self):
        return self.env._("Nobody can change or delete this.")
