from .common import ProtocolCase


class Recognising(ProtocolCase):
    def case_of(self, name, by="clerk", hit="councillor", **values):
        """Report an incident by a person with this name; the rest goes into the file."""
        file = {key: values.pop(key) for key in ("address", "accounts") if key in values}
        incident = self.report(by, hit, causer_kind="person", causer_name=name, **values)
        incident.causer_ids.write(file)
        return incident

    def screen(self, incident, by="clerk", **values):
        values = {"incident_id": incident.id, **values}
        return self.model_as(by, "aggression.causer.wizard").create(values)

    def suggested(self, incident, by="clerk"):
        """Return {earlier file: in what it is alike} as the screen shows it."""
        return {line.earlier_id: line.alike for line in self.screen(incident, by).line_ids}

    def say(self, incident, earlier, verdict, reason="The same telephone number.", by="clerk"):
        screen = self.screen(incident, by)
        line = screen.line_ids.filtered(lambda line: line.earlier_id == earlier)
        line.write({"verdict": verdict, "reason": reason})
        screen.action_save()
        incident.invalidate_recordset()

    def recognise(self, incident, earlier, **how):
        self.say(incident, earlier, "recognised", **how)

    def separate(self, incident, by="clerk", reason="A brother with the same name.", **values):
        screen = self.screen(incident, by, step="separate", reason=reason, **values)
        screen.action_save()
        incident.invalidate_recordset()
