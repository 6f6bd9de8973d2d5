import logging

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules.retention import CASE, CAUSER
from ..case.causer import IDENTITY
from ..common.one_by_one import each_safely
from .retention_run import SIGNED

_logger = logging.getLogger(__name__)

BATCH = 50


class Retention(models.Model):
    """What was signed is carried out: a batch is gone altogether or not at all.

    Promise: each case is looked at once more under a lock; who is writing in one at that moment
    keeps it for the next run. After it nothing of a destroyed case is left in the database, not
    even that it was there; the log of the server tells numbers.
    """

    _inherit = "aggression.retention"

    @api.model
    def _cron_destroy(self):
        """Carry out the signed lists, in batches that are kept one by one."""
        progress = self.env["ir.cron"]._commit_progress
        signed, last = Domain("run_id.state", "=", SIGNED), 0
        progress(remaining=self.search_count(signed))
        while batch := self.search(signed & Domain("id", ">", last), limit=BATCH, order="id"):
            last = batch[-1].id
            batch.try_lock_for_update().filtered_domain(signed)._carry_out_safely()
            if not progress(len(batch)):
                return
        self.env["aggression.retention.run"]._finish()

    def _carry_out_safely(self):
        """Handle a batch, leaving what fails as it is."""
        each_safely(self, lambda rows: rows._carry_out(), lambda row, error: row._tell(error))

    def _tell(self, error):
        # the kind of error alone: its words could quote what must go
        _logger.error("retention %s failed (%s), tried again", self.id, type(error).__name__)

    def _carry_out(self):
        incidents = self.incident_id.try_lock_for_update()
        rows = self._refresh(incidents)
        due = rows._still_due()
        (rows - due)._leave_list()
        due.filtered(lambda row: row.run_clock == CAUSER)._unname()
        due.filtered(lambda row: row.run_clock == CASE).incident_id._destroy()

    def _leave_list(self):
        """Take these cases off their signed lists, which say how many were."""
        for run, rows in self.grouped("run_id").items():
            run._set(left_out=run.left_out + len(rows))
        self._unlocked().write({"run_id": False, "run_clock": False})

    def _unname(self):
        """Take away who the causers of these cases are; their number stays, to count repeats by."""
        if not self:
            return
        incidents, today = self.incident_id, fields.Date.today()
        causers = incidents.causer_ids
        self.env["aggression.causer.identification"]._unname(incidents, causers)
        causers._unlocked().write({**dict.fromkeys(IDENTITY, False), "unnamed_on": today})
        incidents.facts_ids._unlocked().write({"causer_description": False})
        incidents.letter_ids._unlocked().unlink()  # with name and address on them
        incidents.declaration_ids._forget_causer()
        incidents._forget_who_paid()
        incidents.measure_ids.front_desk_ids.unlink()
        named = incidents.entry_ids.filtered(lambda entry: entry.kind == "causer_named")
        named._unlocked().write({"text": False})  # how it became known who it was
        self.env["aggression.case.wizard"]._close_screens(incidents)
        self.env["aggression.entry"]._log(incidents, "unnamed")
        self._unlocked().write({"unnamed_on": today, "run_id": False, "run_clock": False})


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _destroy(self):
        """Delete these cases with all that is theirs, in the database itself.

        Everything of a case refers to it with a cascade, so that one statement takes it all; a
        causer goes with the last of its cases; the read log keeps who looked when.
        """
        if not self:
            return
        gone, causers = self.ids, self._causers_of_no_other()
        # in other cases somebody may have written why this is not the causer of theirs
        self.env["aggression.causer.identification"]._unname(self, causers)
        self.env.flush_all()
        self._delete_what_points_here(causers)
        self.env.cr.execute(SQL("DELETE FROM aggression_incident WHERE id = ANY(%s)", gone))
        self.env.cr.execute(
            SQL(
                "DELETE FROM aggression_causer c WHERE id = ANY(%s) AND NOT EXISTS "
                "(SELECT FROM aggression_causer_incident_rel r WHERE r.causer_id = c.id)",
                causers.ids,
            )
        )
        self.env["aggression.read.log"]._retain(
            SQL("incident_id = ANY(%s)", gone), incident_id=None, reference=None, concerns_id=None
        )
        self.env.invalidate_all(flush=False)
        _logger.info("%s cases destroyed", len(gone))

    def _causers_of_no_other(self):
        return self.causer_ids.filtered(lambda causer: not causer.incident_ids - self)

    def _delete_what_points_here(self, causers):
        """Delete what other modules have hung on these records by the name of their model."""
        theirs = self._all_of_case(causers)
        for model in self.env.registry.values():
            for field in () if model._abstract or not model._auto else model._fields.values():
                if field.type == "many2one_reference" and field.store:
                    self._delete_pointers(model._name, field, theirs)

    def _delete_pointers(self, name, field, theirs):
        pointing = Domain.OR(
            Domain(field.model_field, "=", model) & Domain(field.name, "in", ids)
            for model, ids in theirs.items()
        )
        # attachments that are the value of a field are found only when asked for by their id
        everything = self.env[name].sudo().with_context(active_test=False)
        everything.search(pointing & Domain("id", "!=", 0)).unlink()

    def _all_of_case(self, causers):
        """Return {model: ids} of these cases and of all that refers to them, screens included."""
        theirs = {self._name: self.ids, causers._name: causers.ids}
        for model in self.env.registry.values():
            field = model._fields.get("incident_id")
            if model._abstract or not model._auto or not field or not field.store:
                continue
            if field.comodel_name == self._name and model._name != "aggression.read.log":
                query = SQL(
                    "SELECT id FROM %s WHERE incident_id = ANY(%s)",
                    SQL.identifier(model._table),
                    self.ids,
                )
                theirs[model._name] = [id_ for (id_,) in self.env.execute_query(query)]
        return {name: ids for name, ids in theirs.items() if ids}
