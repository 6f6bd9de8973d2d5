from odoo import api, fields, models

from ..privacy.sealing import SealedText

KINDS = [
    ("reported", "Reported"),
    ("note", "Note"),
    ("file", "File added"),
    ("causer", "Causer recognised"),
    ("causer_apart", "Causer turned out to be somebody else"),
    ("assessed", "Classified"),
    ("decided", "Decided"),
    ("invited", "Citizen asked for their view"),
    ("heard", "Citizen heard"),
    ("unheard", "Citizen did not answer"),
    ("sent", "Letter sent"),
    ("talk_planned", "Citizen invited for a talk"),
    ("talk_held", "Incident talk held"),
    ("talk_missed", "Citizen did not come to the talk"),
    ("reviewed", "Measure looked at again"),
    ("lifted", "Measure lifted"),
    ("ignored", "Measure ignored"),
    ("desk_picture", "Picture shown to the front desk"),
    ("objection", "Objection received"),
    ("objection_settled", "Objection settled"),
    ("reaction", "Reaction to the causer"),
    ("told_to_leave", "Told to leave"),
    ("trespass", "Trespass: call the police"),
    ("prosecution", "Step in the prosecution"),
    ("police_asks", "The police asked for something"),
    ("police_answered", "Answered to the police"),
    ("arranged", "Settled who speaks"),
    ("told", "Statement told"),
    ("briefed", "Colleague informed"),
    ("triangle", "On the triangle agenda"),
    ("discussed", "Discussed in the triangle"),
    ("taken_off", "Off the triangle agenda"),
    ("duty", "Duty done"),
    ("waived", "Duty not needed"),
    ("overdue", "Duty overdue"),
    ("escalated", "Still overdue: the next role was told"),
    ("corrected", "Fact corrected"),
    ("access", "Person added"),
    ("excluded", "Person kept out"),
    ("stepped_back", "Stepped back"),
    ("let_in", "Person no longer kept out"),
    ("handed_over", "Handed over"),
    ("consent", "Consent given"),
    ("withdrawn", "Consent taken back"),
    ("refused", "Consent refused"),
    ("complained", "Complaint given"),
    ("joint", "Decided together on a declaration"),
    ("declared", "Declaration filed"),
    ("notified", "Police notified"),
    ("emergency_asked", "Emergency access asked"),
    ("emergency", "Emergency access given for 24 hours"),
    ("emergency_refused", "Emergency access refused"),
    ("emergency_expired", "Emergency access not answered in time"),
    ("emergency_over", "Emergency access over"),
    ("steps", "Steps of the card taken"),
    ("meeting", "During the meeting"),
    ("corrected", "Time put right"),
    ("evaluated", "Evaluated"),
    ("causer_named", "Causer known"),
    ("damage", "Damage written down"),
    ("damage_withdrawn", "Damage withdrawn"),
    ("reimbursement_asked", "Reimbursement asked"),
    ("reimbursement_decided", "Decided on the reimbursement"),
    ("reimbursed", "Damage reimbursed"),
    ("claim_opened", "Claim on the causer opened"),
    ("claimed", "Damage claimed from the causer"),
    ("claim_reminded", "Causer reminded of the claim"),
    ("claim_paid", "Causer paid"),
    ("claim_recovered", "Damage recovered"),
    ("claim_joined", "Claim joined to the criminal case"),
    ("claim_written_off", "Claim written off"),
    ("inspectorate", "Decided on notifying the Labour Inspectorate"),
    ("inspectorate_told", "Labour Inspectorate notified"),
    ("inspectorate_proof", "Proof of the notice added"),
    ("harm", "Harm showed later"),
    ("gir", "Registered in GIR"),
    ("closed", "Closed"),
    ("reopened", "Opened again"),
    ("held", "Not to be destroyed yet"),
    ("released", "May be destroyed again"),
    ("unnamed", "Causer no longer named"),
]


class Entry(models.Model):
    """The timeline of a case: what was done, by whom, when. Written once, changed never.

    It stands in the place of the chatter, which would tell followers and mail boxes (C5).
    """

    _name = "aggression.entry"
    _description = "Entry in the timeline"
    _inherit = "aggression.confidential"
    _order = "at desc, id desc"

    _guarded = frozenset({"incident_id", "kind", "by_id", "at", "text"})

    kind = fields.Selection(KINDS, required=True, default="note", readonly=True)
    by_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user, readonly=True
    )
    at = fields.Datetime(required=True, default=lambda self: fields.Datetime.now(), readonly=True)
    text = SealedText()

    @api.model
    def _log(self, incidents, kind, text=False):
        """Write one entry in each of these cases, by the person behind the call."""
        return self._log_lines([(incident, text) for incident in incidents], kind)

    @api.model
    def _log_lines(self, lines, kind):
        """Write an entry for each (case, text)."""
        return (
            self.sudo()
            ._unlocked()
            .create([{"incident_id": case.id, "kind": kind, "text": text} for case, text in lines])
        )
