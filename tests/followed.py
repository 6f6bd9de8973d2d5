"""A declaration that was brought to the police, for the tests of what comes after it."""

from .measured import MeasureCase

HANDLERS = ("clerk", "coordinator", "mayor")
OTHERS = ("other_councillor", "uninvolved", "employee", "officer", "manager", "administrator")
FILED = {"police_number": "PL1500-2026-1", "vpt_code": "VPT-7", "contacts": "Agent Smit."}


class FollowedCase(MeasureCase):
    """``cls.incident`` with a councillor who can declare; each step goes through its own screen."""

    def declare(self, agrees=True, by="councillor", incident=None):
        incident = incident or self.incident
        values = {"incident_id": incident.id, "agrees": agrees, "text": "He knows my door."}
        self.model_as(by, "aggression.declaration.wizard").create(values).action_save()
        self.env.invalidate_all()

    def agree(self, agrees):
        """Let the councillor agree that the team reads the declaration, or take that back."""
        person = self.as_user("councillor", self.incident.affected_ids)
        person._agree("declaration") if agrees else person._withdraw("declaration")
        self.env.invalidate_all()

    def file(self, by="coordinator", incident=None, **values):
        incident = incident or self.incident
        self.hand_in(incident)
        filed = {**FILED, **values}
        self.take(by, incident, "action_begin_prosecution", "action_save", **filed)
        return self.env["aggression.prosecution"].search([("incident_id", "=", incident.id)])

    def hand_in(self, incident):
        """Let the police have what was declared; how that goes is shown in test_declaration."""
        incident.affected_ids.declaration_ids._unlocked().write(
            {
                "state": "filed",
                "filed_at": "2026-03-09 08:00:00",
                "filed_by_id": self.users["order_officer"].id,
            }
        )
        self.env.flush_all()

    def filed(self):
        self.declare()
        return self.file()

    def step(self, prosecution, target, by="coordinator", **values):
        values = {"target": target, "note": "So they said.", **values}
        self.take(by, prosecution, "action_record_step", "action_save", **values)

    def consent(self, *purposes, by="councillor", incident=None):
        """Let somebody who was hit agree to these purposes, and to no other."""
        incident = incident or self.incident
        agreed = {name: name in purposes for name in ("communication", "briefing")}
        self.take(by, incident, "action_my_consent", "action_save", **agreed)
