from odoo.exceptions import AccessError

from .complete_case import CompleteCase

MAGIC = {"id", "create_uid", "create_date", "write_uid", "write_date"}
# What a form, an import or a remote call may fill in where the rights allow it. A list of lines
# (x_ids) is guarded line by line, in the model of the lines.
FREE = {
    "aggression.access": [],
    "aggression.affected.person": [
        "access_ids",
        "aftercare_ids",
        "consent_ids",
        "declaration_ids",
        "family_hit",
        "hospital",
        "impact",
        "injury",
        "lasting_harm",
        "protection_ids",
    ],
    "aggression.aftercare": ["appointment_ids", "arrangement_ids", "referral_ids", "talk_ids"],
    "aggression.appointment": [],
    "aggression.arrangement": [],
    "aggression.assessment": [],
    "aggression.briefing": ["reader_row_ids"],
    "aggression.briefing.reader": [],
    "aggression.causer": ["accounts", "address", "kind", "likely_hashes", "name", "name_hash"],
    "aggression.causer.identification": [],
    "aggression.consent": [],
    "aggression.consent.paper": [],
    "aggression.consultation": [],
    "aggression.council.report": ["introduction"],
    "aggression.damage": ["receipt_ids"],
    "aggression.damage.claim": ["letter_ids", "payment_ids"],
    "aggression.damage.payment": [],
    "aggression.damage.receipt": [],
    "aggression.data.request": [],
    "aggression.decision": ["last_day_to_object", "letter_ids", "objection_ids"],
    "aggression.declaration": [],
    "aggression.demand": [],
    "aggression.duty": [],
    "aggression.emergency": [],
    "aggression.entry": [],
    "aggression.evaluation": [],
    "aggression.evidence": ["source", "taken_at"],
    "aggression.exclusion": [],
    "aggression.facts": [],
    "aggression.front.desk.line": [],
    "aggression.hearing": ["letter_ids"],
    "aggression.incident": [
        "affected_ids",
        "assessment_ids",
        "channel",
        "claim_ids",
        "damage_ids",
        "decision_ids",
        "demand_ids",
        "disturbance_ids",
        "duty_ids",
        "entry_ids",
        "evaluation_ids",
        "evidence_ids",
        "facts_ids",
        "hearing_ids",
        "hold_ids",
        "identification_ids",
        "incident_talk_ids",
        "inspectorate_ids",
        "joint_decision_ids",
        "letter_ids",
        "measure_ids",
        "next_due_at",
        "next_due_on",
        "objection_ids",
        "place",
        "retention_ids",
        "step_taken_ids",
        "violation_ids",
    ],
    "aggression.incident.talk": [],
    "aggression.inspectorate.notice": ["proof_ids"],
    "aggression.inspectorate.proof": [],
    "aggression.joint.decision": [],
    "aggression.lesson": [],
    "aggression.measure": ["front_desk_ids", "incident_talk_ids", "violation_ids"],
    "aggression.meeting.disturbance": [],
    "aggression.notice": [],
    "aggression.objection": [],
    "aggression.police.form": [],
    "aggression.police.request": [],
    "aggression.prevention.activity": [
        "asked_by_id",
        "attended_ids",
        "due_on",
        "held_at",
        "invited_ids",
        "kind_id",
        "office_ids",
        "others",
        "place",
    ],
    "aggression.prosecution": [],
    "aggression.prosecution.step": [],
    "aggression.protection": [],
    "aggression.protocol": [
        "appointment_reminder_hours",
        "assignment_role_id",
        "assistance_role_ids",
        "authority_ids",
        "behaviour_ids",
        "care_provider_ids",
        "company_id",
        "contact_line_ids",
        "contest_months",
        "council_period_from",
        "destruction_notice_days",
        "destruction_role_ids",
        "digest",
        "digest_at",
        "doubt_role_ids",
        "duty_type_ids",
        "feedback_role_id",
        "joint_role_ids",
        "ladder_step_ids",
        "light_reports_days",
        "light_reports_number",
        "measure_exception_ids",
        "measure_type_ids",
        "meeting_role_ids",
        "name",
        "norm",
        "offence_ids",
        "office_from",
        "office_until",
        "practical_matter_ids",
        "prevention_kind_ids",
        "prevention_role_ids",
        "principles",
        "publication_threshold",
        "quiet_from",
        "quiet_until",
        "refusals_to_police",
        "repeat_window_months",
        "retention_term_ids",
        "route_ids",
        "spokesperson_role_id",
        "step_card_ids",
        "talk_goal_ids",
        "timezone",
        "valid_from",
    ],
    "aggression.protocol.evaluation": ["changes", "conclusions", "year"],
    "aggression.published.figure": [],
    "aggression.read.review": ["note"],
    "aggression.referral": [],
    "aggression.retention": [],
    "aggression.retention.count": [],
    "aggression.retention.hold": [],
    "aggression.retention.run": ["count_ids"],
    "aggression.rights.change": [],
    "aggression.rights.seal": [],
    "aggression.risk.talk": [],
    "aggression.sent.letter": [],
    "aggression.speaking": [],
    "aggression.statement": [],
    "aggression.step.taken": [],
    "aggression.talk": ["appointment_ids", "goal_ids", "notes"],
    "aggression.triangle.item": [],
    "aggression.violation": [],
}
# Fields that only code may read.
CLOSED = {
    "aggression.affected.person.access_ids",
    "aggression.affected.person.consent_ids",
    "aggression.affected.person.declaration_ids",
    "aggression.affected.person.protection_ids",
    "aggression.assessment.cause_note",
    "aggression.briefing.reader_row_ids",
    "aggression.causer.identification.identity",
    "aggression.causer.incident_ids",
    "aggression.causer.likely_hashes",
    "aggression.causer.name_hash",
    "aggression.consultation.reader_ids",
    "aggression.front.desk.line.lawful",
    "aggression.front.desk.line.measure_id",
    "aggression.incident.access_ids",
    "aggression.incident.exclusion_ids",
    "aggression.incident.hold_ids",
    "aggression.incident.identification_ids",
    "aggression.incident.retention_ids",
    "aggression.measure.front_desk_ids",
    "aggression.measure.violation_ids",
    "aggression.protection.keeper_id",
    "aggression.protection.role_id",
    "aggression.read.log.concerns_id",
    "aggression.retention.run_clock",
    "aggression.retention.run_id",
    "aggression.violation.measure_id",
}


class TestGuarded(CompleteCase):
    maxDiff = None

    """What may be set outside the protocol's own steps is written down, and nothing else may."""

    def test_free_fields(self):
        """C5, M5: a field that nobody has written down as free is set by steps alone."""
        free = {}
        for name in self.env.registry.descendants(["aggression.guarded"], "_inherit"):
            model = self.env[name]
            if not model._abstract:
                free[name] = sorted(
                    field.name
                    for field in model._fields.values()
                    if field.store and field.name not in MAGIC | model._guarded
                )
        self.assertEqual(free, FREE)

    def test_closed_to_everybody(self):
        """C12: what only code may read is read by no role, alone or among other fields."""
        closed = [
            field
            for name in self.addon_models()
            for field in self.env[name]._fields.values()
            if field.groups == "."
        ]
        self.assertEqual({str(field) for field in closed}, CLOSED)
        for field in closed:
            record = self.records[field.model_name, 0][:1]
            for login in self.users:
                with self.assertRaises(AccessError):
                    record.with_user(self.users[login]).read([field.name])

    def test_who_had_a_task_is_for_the_officer(self):
        """C5: a person hit reads who looked, not who did so without a task."""
        log = "aggression.read.log"
        self.assertNotIn("without_task", self.model_as("councillor", log).fields_get())
        self.assertIn("without_task", self.model_as("officer", log).fields_get())
