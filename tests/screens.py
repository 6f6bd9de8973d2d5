"""Every screen, filled in as somebody would."""

from . import told
from .common import ProtocolCase

FILE = b"QQ=="
# screen: (who has it open in the tests, the screen it is a line of)
SCREENS = {
    "aggression.report.wizard": ("desk", None),
    "aggression.report.person": ("desk", "aggression.report.wizard"),
    "aggression.report.file": ("desk", "aggression.report.wizard"),
    "aggression.classification.wizard": ("coordinator", None),
    "aggression.classification.person": ("coordinator", "aggression.classification.wizard"),
    "aggression.classification.match": ("coordinator", "aggression.classification.wizard"),
    "aggression.causer.wizard": ("coordinator", None),
    "aggression.causer.line": ("coordinator", "aggression.causer.wizard"),
    "aggression.decision.wizard": ("mayor", None),
    "aggression.decision.line": ("mayor", "aggression.decision.wizard"),
    "aggression.sending.wizard": ("clerk", None),
    "aggression.measure.wizard": ("clerk", None),
    "aggression.hearing.wizard": ("clerk", None),
    "aggression.objection.wizard": ("clerk", None),
    "aggression.incident.talk.wizard": ("clerk", None),
    "aggression.duty.completion": ("clerk", None),
    "aggression.step.note": ("clerk", None),
    "aggression.demand.wizard": ("clerk", None),
    "aggression.triangle.wizard": ("clerk", None),
    "aggression.triangle.agenda": ("clerk", None),
    "aggression.sharing.wizard": ("clerk", None),
    "aggression.exclusion.wizard": ("clerk", None),
    "aggression.hold.wizard": ("clerk", None),
    "aggression.data.subject.wizard": ("desk", None),
    "aggression.council.feedback": ("clerk", None),
    "aggression.handover.wizard": ("manager", None),
    "aggression.emergency.wizard": ("asking", None),
    "aggression.declaration.wizard": ("councillor", None),
    "aggression.protection.wizard": ("clerk", None),
    **told.merged("SCREENS"),
}


class Screens(ProtocolCase):
    """Fills in screens on a case that was reported and classified."""

    def open_screen(self, login, name, incident):
        """Fill in a screen on a case, as a remote call would; returns it as that person."""
        values = self._screen_values(name, incident)
        _owner, parent = SCREENS[name]
        if parent:
            values["wizard_id"] = self.open_screen(login, parent, incident).id
        return self.model_as(login, name).create(values)

    def _about_measures(self, incident, about):
        return {
            "aggression.triangle.agenda": {},
            "aggression.triangle.wizard": {**about, "question": "A ban on the street?"},
            "aggression.demand.wizard": {**about, "where": "At the counter"},
            "aggression.sending.wizard": {**about, "decision_id": incident.decision_ids[:1].id},
            "aggression.measure.wizard": {
                **about,
                "measure_id": incident.measure_ids[:1].id,
                "text": "No longer needed.",
            },
            "aggression.hearing.wizard": {**about, "intention": "A ban.", "view": "Sorry."},
            "aggression.objection.wizard": {**about, "text": "It is not true."},
            "aggression.incident.talk.wizard": {**about, "place": "Room 2", "report": "Agreed."},
        }

    def _screen_values(self, name, incident):
        about = {"incident_id": incident.id}
        person = incident.affected_ids[0]
        files = {"causer_id": incident.causer_ids.id, "earlier_id": incident.causer_ids.id}
        duty = incident.duty_ids.filtered(lambda duty: duty.fulfilment == "note")[0]
        somebody = {"user_id": self.users["uninvolved"].id, "reason": "Knows the causer."}
        by_hand = {
            "aggression.report.wizard": self._report_values("councillor", None, {}),
            "aggression.report.person": {"name": "Somebody", "office_id": person.office_id.id},
            "aggression.report.file": {"filename": "x.png", "content": FILE},
            "aggression.classification.person": {"affected_id": person.id},
            **dict.fromkeys(("aggression.classification.match", "aggression.causer.line"), files),
            "aggression.decision.wizard": {**about, "line_ids": [], "causer_id": False},
            "aggression.decision.line": {"type_id": self.protocol.measure_type_ids[0].id},
            **self._about_measures(incident, about),
            "aggression.duty.completion": {"duty_id": duty.id},
            "aggression.council.feedback": {},
            "aggression.data.subject.wizard": {"case_reference": "M-22222222"},
            "aggression.hold.wizard": {**about, "until": "2999-01-01", "reason": "A lawsuit."},
            "aggression.handover.wizard": {
                "assignment_id": self.role("mayor").assignment_ids[0].id,
            },
            "aggression.exclusion.wizard": {**about, **somebody},
            "aggression.sharing.wizard": {**about, **somebody},
            "aggression.declaration.wizard": {**about, "text": "Words."},
            "aggression.protection.wizard": {
                **about,
                "authority_id": self.protocol.authority_ids[:1].id,
                "text": "A camera at the door.",
            },
            "aggression.emergency.wizard": {
                **somebody,
                "reference": incident.reference,
                "approver_id": self.users["approving"].id,
            },
            "aggression.step.note": {**about, "text": "Called back."},
        }
        for values in told.each("screen_values"):
            by_hand.update(values(self, incident))
        return by_hand.get(name, about)
