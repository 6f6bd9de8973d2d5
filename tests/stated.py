"""What is told about a case, for the tests of who may tell what."""

from .followed import FollowedCase

UNSETTLED = "It is not settled who speaks"


class StatementCase(FollowedCase):
    """``cls.incident``, about which something is to be told; each step through its own screen."""

    def draft(self, audience="council_confidential", by="clerk", incident=None, **values):
        incident = incident or self.incident
        values = {"audience": audience, "text": "One of us was threatened.", **values}
        if "speaker_id" in values:
            values["speaker_id"] = self.users[values["speaker_id"]].id
        self.take(by, incident, "action_write_statement", "action_save", **values)
        return self.env["aggression.statement"].search([], order="id desc", limit=1)

    def arrange(self, by, speaker, incident=None, **values):
        values = {"spokesperson_id": self.users[speaker].id, "text": "So we agreed.", **values}
        self.take(by, incident or self.incident, "action_arrange", "action_save", **values)

    def press(self, login, statement, button):
        getattr(self.as_user(login, statement), button)()
        self.env.invalidate_all()

    def why(self, login, statement):
        return self.as_user(login, statement).not_yet_reason or ""
