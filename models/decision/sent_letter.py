from base64 import b64encode

from odoo import api, fields, models

LETTERS = [
    ("decision", "Letter with the decision"),
    ("hearing", "Request for a view"),
    ("incident_talk", "Invitation for a talk"),
    ("damage_claim", "Claim for damage"),
]


class SentLetter(models.Model):
    """A letter exactly as it was sent.

    Promise: what was sent is kept as the very bytes of the PDF, sealed, with their fingerprint;
    printing it again gives the same letter, whatever has changed since (A2 to A4, A7).
    """

    _name = "aggression.sent.letter"
    _description = "Letter that was sent"
    _inherit = "aggression.kept.file"
    _order = "id desc"

    _prefix = "B"
    _guarded = frozenset(
        {
            "incident_id",
            "reference",
            "content",
            "filename",
            "sha256",
            "size",
            "kind",
            "decision_id",
            "hearing_id",
            "incident_talk_id",
            "damage_claim_id",
            "sent_on",
        }
    )

    kind = fields.Selection(LETTERS, "Letter", required=True, readonly=True)
    decision_id = fields.Many2one(
        "aggression.decision", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    hearing_id = fields.Many2one(
        "aggression.hearing", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    incident_talk_id = fields.Many2one(
        "aggression.incident.talk", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    damage_claim_id = fields.Many2one(
        "aggression.damage.claim", index="btree_not_null", readonly=True, ondelete="cascade"
    )
    sent_on = fields.Date("Sent on", required=True, readonly=True)

    _reference_once = models.UniqueIndex("(reference)")
    _one_per_decision = models.UniqueIndex(
        "(decision_id) WHERE decision_id IS NOT NULL", "This letter was sent already."
    )

    def _addressee(self):
        """Return the causer to whom it was sent."""
        self.ensure_one()
        about = self.decision_id or self.hearing_id or self.incident_talk_id.measure_id
        return (about or self.damage_claim_id).causer_id

    @api.model
    def _keep(self, source, sent_on):
        """Print the letter of ``source`` and keep it as it is.

        The caller has checked that the user may send it.

        :param aggression.letter source: the decision or the request that it is printed from
        :param date sent_on: the date that is on it
        :return: the letter, in superuser mode
        :raises UserError: when it cannot be printed; nothing is kept then
        """
        # a letter is paper even where a test would be content with the text
        reports = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        pdf, _type = reports._render_qweb_pdf(source._letter_report, source.ids)
        return (
            self.sudo()
            ._unlocked()
            .create(
                {
                    "kind": source._letter_kind,
                    "incident_id": source.sudo().incident_id.id,
                    f"{source._letter_kind}_id": source.id,
                    "sent_on": sent_on,
                    "filename": f"{source.sudo().incident_id.reference}.pdf",
                    "content": b64encode(pdf),
                }
            )
        )


class Incident(models.Model):
    _inherit = "aggression.incident"

    letter_ids = fields.One2many("aggression.sent.letter", "incident_id", "Letters")
