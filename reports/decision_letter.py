from odoo import api, models

REMEDIES = ("meeting", "decision", "private")


class DecisionLetter(models.AbstractModel):
    """The letter that tells the citizen what was decided, why, until when and what can be done.

    Promise: it says only what the decision holds; the remedy clause fits the legal nature of the
    heaviest measure; nobody prints it who cannot read the decision.
    """

    _name = "report.aggression_protocol.decision_letter"
    _description = "Decision letter"

    @api.model
    def _get_report_values(self, docids, data=None):
        decisions = self.env["aggression.decision"].browse(docids)
        decisions.check_access("read")
        return {
            "doc_ids": docids,
            "doc_model": "aggression.decision",
            "docs": decisions,
            "letters": [self._letter(decision) for decision in decisions],
        }

    def _letter(self, decision):
        """Return what the template needs for one letter."""
        measures = decision.measure_ids.filtered("type_id.letter")
        natures = measures.type_id.mapped("legal_nature")
        return {
            "decision": decision,
            "company": decision.incident_id.company_id,
            "lang": decision.incident_id.company_id.partner_id.lang or self.env.user.lang,
            "measures": measures,
            "remedy": next((nature for nature in REMEDIES if nature in natures), False),
        }
