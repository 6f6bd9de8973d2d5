"""A case in which somebody declares, for the tests of what becomes of that."""

from base64 import b64encode

from .measured import MeasureCase

PAPER = b64encode(b"%PDF-1.4 signed")


class DeclarationCase(MeasureCase):
    """``cls.incident``: a threat against a councillor, classified on a Monday at noon."""

    def person(self, incident=None):
        return (incident or self.incident).affected_ids

    def declare(self, by="councillor", incident=None, ready=False, **values):
        """Write the declaration down through its own screen; returns it as superuser."""
        incident = incident or self.incident
        values = {"incident_id": incident.id, "text": "He knows my door.", **values}
        screen = self.model_as(by, "aggression.declaration.wizard").create(values)
        screen.action_ready() if ready else screen.action_save()
        self.env.invalidate_all()
        return incident.affected_ids._declaration()

    def file(self, declaration, by="order_officer", **values):
        values = {"mandate": "Mandate 2025-7", **values}
        return self.take(by, declaration, "action_file", "action_file", **values)

    def answer(self, incident=None, by="clerk", **values):
        incident = incident or self.incident
        return self.take(by, incident, "action_record_consent", "action_save", **values)
