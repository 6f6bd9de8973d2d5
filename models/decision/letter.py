from odoo import api, fields, models

OPEN_TO_OBJECTION = ("decision", "meeting")


class Letter(models.AbstractModel):
    """What a letter to a causer is made from.

    Promise: it speaks the language of the municipality, whoever prints it. ``_letter_kind`` says
    which of the letters that are kept it is, ``_letter_report`` what it is printed with.
    """

    _name = "aggression.letter"
    _description = "Letter"

    _letter_kind = None
    _letter_report = None

    lang = fields.Char(compute="_compute_lang")

    @api.depends("incident_id")
    def _compute_lang(self):
        for letter in self:
            letter.lang = letter.sudo().incident_id.company_id.partner_id.lang

    def _signatory(self):
        """Return the name of the role and of the person under the letter."""
        raise NotImplementedError


class DecisionLetter(models.AbstractModel):
    """What the letter with a decision says, whether it was decided or is still being written.

    Promise: the letter that is looked at before deciding is made from the same words, by the same
    template, as the one that is sent (A2 to A4); its remedy fits what the measures are in law.
    """

    _name = "aggression.decision.letter"
    _description = "Letter with a decision"
    _inherit = "aggression.letter"

    def _letter_lines(self):
        """Return the measures that the letter tells: records with type, period and scope."""
        raise NotImplementedError

    def _letter_day(self):
        """Return the date above the letter."""
        raise NotImplementedError

    def _review_days(self):
        """Return (measure, day on which it is looked at again) for those that have one."""
        days = (
            (line.type_id, line.type_id._review_day(line.date_from, line.date_to))
            for line in self._letter_lines()
        )
        return [(kind, day) for kind, day in days if day]

    def _earlier(self):
        """Return how many earlier incidents of this causer were weighed."""
        raise NotImplementedError

    def _open_to_objection(self):
        """Return the types of measure in this letter that are a decision under the Awb."""
        kinds = self._letter_lines().type_id
        return kinds.filtered(lambda kind: kind.legal_nature in OPEN_TO_OBJECTION)

    def _exceptions(self):
        """Return what stays open whatever measure of this letter applies."""
        kinds = self.incident_id.protocol_id.measure_type_ids
        # of all kinds at once, for the letters that are printed with this one
        return self._letter_lines().type_id.with_prefetch(kinds._ids).exception_ids.sorted()
