from odoo import models
from odoo.tools import format_datetime

from ..privacy.asker import PRINTED
from ..privacy.data_subject import Section


class DataSubject(models.AbstractModel):
    """The questions that somebody asked, and the report that they have not sent yet.

    Promise: their own words stand on their own print alone; nobody else learns from a print that
    a report was begun.
    """

    _inherit = "aggression.data.subject"

    def _about_user(self, user, companies):
        sections = super()._about_user(user, companies)
        return sections + self._questions(user, companies) + self._unsent(user)

    def _questions(self, user, companies):
        own = [("asked_by_id", "=", user.id), ("company_id", "in", companies.ids)]
        asked = self.env["aggression.consultation"].sudo().search(own)
        asked.with_user(self.env.user)._note_reading(PRINTED)
        return [
            Section(
                one.reference,
                [
                    (self.env._("Question in doubt"), self._theirs(user, one.question)),
                    (self.env._("Asked at"), self._moment(one.asked_at)),
                    (self.env._("Asked to"), one.role_id.name),
                    (self.env._("What was answered"), self._theirs(user, one.answer)),
                ],
            )
            for one in asked
        ]

    def _unsent(self, user):
        if user != self.env.user:
            return []
        return [
            Section(
                self.env._("A report that you have not sent yet"),
                [
                    (self.env._("Begun on"), self._moment(draft.create_date)),
                    (self.env._("What happened"), draft.story or ""),
                    (self.env._("What it does to you"), draft.impact or ""),
                    (self.env._("Files"), ", ".join(draft.file_ids.mapped("filename"))),
                ],
            )
            for draft in self.env["aggression.report.draft"]._mine()
        ]

    def _theirs(self, user, text):
        if not text or user == self.env.user:
            return text or ""
        return self.env._("[in your own file: open your case to read it]")

    def _moment(self, moment):
        zone = self.env["aggression.protocol"]._in_force(self.env.company).timezone
        return format_datetime(self.env, moment, tz=zone, dt_format="short")
