from odoo import models

from ..common.choices import choice_in_words
from ..privacy.asker import PRINTED
from ..privacy.data_subject import Section
from ..privacy.logged import note_reading


class DataSubject(models.AbstractModel):
    """What somebody asked, and the report that they have not sent yet.

    Promise: their own words stand on their own print alone; nobody else learns from a print that
    a report was begun, or that help with a talk was asked.
    """

    _inherit = "aggression.data.subject"

    def _about_user(self, user, companies):
        sections = super()._about_user(user, companies)
        return sections + self._questions(user, companies) + self._untold(user, companies)

    def _asked(self, model, user, companies):
        own = [("asked_by_id", "=", user.id), ("company_id", "in", companies.ids)]
        asked = self.env[model].sudo().search(own)
        note_reading(asked.with_user(self.env.user), PRINTED)
        return asked

    def _questions(self, user, companies):
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
            for one in self._asked("aggression.consultation", user, companies)
        ]

    def _untold(self, user, companies):
        """Return what nobody but the person may know of."""
        if user != self.env.user:
            return []
        return self._talks_of_risk(user, companies) + self._unsent()

    def _talks_of_risk(self, user, companies):
        """Return the talks for which help was asked; who helps is somebody else's to tell."""
        return [
            Section(
                one.reference,
                [
                    (self.env._("Help with a talk"), choice_in_words(one, "help_kind")),
                    (self.env._("When"), self._moment(one.talk_at)),
                    (self.env._("Where"), one.place),
                    (self.env._("What to know beforehand"), one.topic or ""),
                ],
            )
            for one in self._asked("aggression.risk.talk", user, companies)
        ]

    def _unsent(self):
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
