from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules.due import EARLIER, LAW, PROTOCOL
from ...rules.terms import DAYS, HOURS, WEEKS, WORKING_DAYS

EVENTS = [
    ("reported", "A report comes in"),
    ("assessed", "A case is found to be aggression"),
    ("decided", "A measure is decided"),
    ("informing", "Named in a route as informing"),
    ("measure", "A measure that it carries out is decided"),
    ("invited", "A citizen is asked for their view"),
    ("unheard", "A decision is taken without hearing the citizen"),
    ("sent", "A decision open to objection is sent: the last day for it"),
    ("review", "A measure has to be looked at again"),
    ("ending", "A measure comes to its end"),
    ("ignored", "A measure is ignored"),
    ("lifted", "A measure is lifted early"),
    ("objection", "An objection comes in"),
    ("prosecution_step", "Police or prosecutor take a step after a declaration"),
    ("police_refusal", "The police refuse a declaration"),
    ("contest_term", "Somebody is told of a dismissal: the last day to complain to the court"),
    ("police_request", "The police ask for something"),
    ("refused_to_leave", "Somebody refuses to leave for the last time"),
    ("triangle", "A case is put on the triangle agenda"),
    ("care_declined", "All care is declined"),
    ("care_goes_on", "The carer wants to follow up the care"),
    ("extra_talk", "An extra talk is wished for"),
    ("agreed_after_all", "A person hit agrees to a declaration after refusing it"),
    ("closed", "A case is closed"),
    ("improvement", "An evaluation asks for an action"),
    ("reimbursement_asked", "A person asks to have damage reimbursed"),
    ("reimbursement_granted", "A reimbursement is granted"),
    ("claimed", "The time in which the causer can pay is over"),
]
EVENT_AT = "event_at"
CONSENT_AT, PERIOD_END = "consent_at", "period_end"
ANCHORS = [
    ("occurred_at", "When it happened"),
    ("reported_at", "When it was reported"),
    ("assessed_at", "When it was classified"),
    ("decided_at", "When it was decided"),
    # every other anchor is a field of the case
    (EVENT_AT, "When this happened"),
    (CONSENT_AT, "When consent was given"),
    (PERIOD_END, "When the period of a measure ends"),
]
UNITS = [
    (HOURS, "Hours"),
    (DAYS, "Days"),
    (WORKING_DAYS, "Working days"),
    (WEEKS, "Weeks"),
]
WHO = [
    ("role", "The role named here"),
    ("receiver", "The receiver of the report"),
    ("carer", "The carer of the person hit"),
    ("decider", "Who decides on measures"),
    ("informer", "Who informs, by the route"),
]
COUNTS = [
    (EARLIER, "The earlier of the two"),
    (LAW, "The term of the law"),
    (PROTOCOL, "The term of the protocol"),
]
BY_CASE, BY_DECIDER, BY_ROLE, BY_NOBODY = "case", "decider", "role", "nobody"
WAIVERS = [
    (BY_CASE, "Whoever works on the case"),
    (BY_DECIDER, "Who decides on measures"),
    (BY_ROLE, "One role"),
    (BY_NOBODY, "Nobody"),
]
FULFILMENTS = [
    ("note", "Done, with a note"),
    ("assess", "Classifying the case"),
    ("decide", "Deciding on measures"),
    ("talk", "Holding the talk"),
    ("care", "Going on with the care"),
    ("letter", "Sending the letter"),
    ("react", "Reacting to the causer"),
    ("prosecution", "Recording the next step of the prosecution"),
    ("police_request", "Answering what the police ask"),
    ("speaking", "Recording how it is handled and who speaks"),
    ("invite", "Asking the citizen for their view"),
    ("view", "Recording the citizen's view"),
    ("incident_talk", "Holding the incident talk"),
    ("review", "Looking at the measure again"),
    ("objection", "Recording what came of the objection"),
    ("triangle", "Recording what the triangle discussed"),
    ("declare", "Filing the declaration"),
    ("notify", "Notifying the police"),
    ("complain", "Recording the complaint of the person hit"),
    ("joint", "Deciding together on a declaration"),
    ("evaluate", "Evaluating the case"),
    ("damage", "Writing down the damage"),
    ("reimburse", "Deciding on the reimbursement"),
    ("pay", "Paying the reimbursement"),
    ("claim", "Claiming the damage from the causer"),
    ("recover", "Following up on the claim"),
    ("inspectorate", "Notifying the Labour Inspectorate, or deciding not to"),
]


class DutyType(models.Model):
    """What somebody must do by when, once something has happened to a case.

    Promise: every term of the protocol is one of these records; nothing has a term in code.
    Terms in hours elapse, all others keep the local time of day (Z6 to Z8). Where the law has a
    term of its own, the earlier one counts unless the municipality chose otherwise (D10).
    """

    _name = "aggression.duty.type"
    _description = "Duty type"
    _inherit = "aggression.protocol.part"
    _order = "protocol_id, sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    clause = fields.Char(help="The clause of the protocol, or: own proposal.")
    event = fields.Selection(EVENTS, "Starts when", required=True)
    fulfilment = fields.Selection(FULFILMENTS, "Fulfilled by", required=True, default="note")
    optional = fields.Boolean(help="May be left undone without a reason.")

    who = fields.Selection(WHO, required=True, default="role")
    role_id = fields.Many2one("aggression.role")
    escalation_role_id = fields.Many2one("aggression.role", "When overdue, also")
    escalation_ids = fields.One2many(
        "aggression.duty.escalation", "duty_type_id", "And if it stays undone", copy=True
    )
    waived_by = fields.Selection(
        WAIVERS,
        "Not needed, says",
        required=True,
        default=BY_CASE,
        help="Who may decide that it need not be done. A reason is always asked.",
    )
    waive_role_id = fields.Many2one("aggression.role", "Which role")
    once = fields.Boolean(
        "Once in a case", help="Done for an earlier decision, it is not asked again for the next."
    )

    anchor = fields.Selection(ANCHORS, "Counted from", required=True, default="reported_at")
    term_amount = fields.Integer("Due within", required=True, default=24)
    term_unit = fields.Selection(UNITS, "Unit", required=True, default=HOURS)
    earliest_amount = fields.Integer("Not before")
    earliest_unit = fields.Selection(UNITS, "Unit of the beginning", default=WEEKS)
    reminder_hours = fields.Integer("Remind before (hours)", default=4)
    law = fields.Char("The law says", help="Article and wording, when the law gives a term too.")
    law_amount = fields.Integer("Term of the law")
    law_unit = fields.Selection(UNITS, "Unit of that term", default=HOURS)
    law_anchor = fields.Selection(ANCHORS, "Which counts from", default=EVENT_AT)
    law_counts = fields.Selection(COUNTS, "What counts", required=True, default=EARLIER)

    talk_number = fields.Integer(help="For talks: the first, second or third.")
    office_ids = fields.Many2many("aggression.office", string="Only if hit")
    behaviour_ids = fields.Many2many("aggression.behaviour", string="Only after")
    only_offence = fields.Boolean("Only if an offence is possible")
    only_injury = fields.Boolean("Only after serious injury")
    only_lasting = fields.Boolean("Only after hospital or lasting harm")
    only_family_hit = fields.Boolean("Only if family was hit")
    only_causer_known = fields.Boolean("Only if the causer is known")
    min_level = fields.Integer("From level")

    _code_once = models.UniqueIndex(
        "(protocol_id, code)", "This protocol already has a duty type with that code."
    )

    @api.constrains("who", "role_id")
    def _check_role(self):
        for kind in self:
            if kind.who == "role" and not kind.role_id:
                raise ValidationError(
                    self.env._("Choose the role that must do: %(duty)s.", duty=kind.name)
                )

    @api.constrains("waived_by", "waive_role_id")
    def _check_waive_role(self):
        for kind in self:
            if kind.waived_by == BY_ROLE and not kind.waive_role_id:
                raise ValidationError(
                    self.env._("Choose the role that may waive: %(duty)s.", duty=kind.name)
                )

    @api.constrains("law_amount", "law_unit", "law_anchor")
    def _check_law(self):
        for kind in self:
            if kind.law_amount < 0 or (kind.law_amount and not (kind.law_unit and kind.law_anchor)):
                raise ValidationError(
                    self.env._(
                        "Say how long the law's term for %(duty)s is, in which unit and from when.",
                        duty=kind.name,
                    )
                )

    @api.constrains("term_amount", "earliest_amount", "reminder_hours")
    def _check_terms(self):
        for kind in self:
            if kind.term_amount < 1 or kind.earliest_amount < 0 or kind.reminder_hours < 0:
                raise ValidationError(
                    self.env._("Give %(duty)s a term of at least one hour.", duty=kind.name)
                )

    @api.constrains("fulfilment", "talk_number")
    def _check_talk_number(self):
        for kind in self:
            if kind.fulfilment == "talk" and kind.talk_number < 1:
                raise ValidationError(
                    self.env._("Say which talk %(duty)s is: 1, 2 or 3.", duty=kind.name)
                )
