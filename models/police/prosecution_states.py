"""The way of a declaration after it was filed, as data: its steps, and what may follow on what."""

(
    REPORTED,
    REFUSED,
    ASSISTANT,
    COMPLAINED,
    TAKEN_ON,
    INVESTIGATION,
    WITH_PROSECUTOR,
    DISMISSED,
    CONTESTED,
    SUMMONED,
    HEARING,
    VERDICT,
    APPEAL,
    FINAL,
) = (
    "reported",
    "refused",
    "assistant",
    "complained",
    "taken_on",
    "investigation",
    "with_prosecutor",
    "dismissed",
    "contested",
    "summoned",
    "hearing",
    "verdict",
    "appeal",
    "final",
)
STATES = [
    (REPORTED, "Reported to the police"),
    (REFUSED, "Refused by the police"),
    (ASSISTANT, "Assistant prosecutor asked"),
    (COMPLAINED, "Complaint about the refusal"),
    (TAKEN_ON, "Taken on by the police"),
    (INVESTIGATION, "Being investigated"),
    (WITH_PROSECUTOR, "Sent to the prosecutor"),
    (DISMISSED, "Dismissed"),
    (CONTESTED, "Complaint to the court"),
    (SUMMONED, "Suspect summoned"),
    (HEARING, "Hearing in court"),
    (VERDICT, "Verdict or penalty order"),
    (APPEAL, "Appeal"),
    (FINAL, "Final"),
]
# The same, as the person hit reads it.
MEANINGS = [
    (REPORTED, "The police have your declaration. They now decide whether they take it on."),
    (REFUSED, "The police did not take your declaration. We ask the assistant prosecutor."),
    (ASSISTANT, "We asked the assistant prosecutor to look at your declaration again."),
    (COMPLAINED, "We complained that the police did not take your declaration."),
    (TAKEN_ON, "The police have taken your declaration on."),
    (INVESTIGATION, "The police are investigating. They may have questions for you."),
    (WITH_PROSECUTOR, "The police sent it to the prosecutor, who decides what happens next."),
    (DISMISSED, "The suspect is not prosecuted. You can complain about that to the court."),
    (CONTESTED, "The court looks at whether the suspect must be prosecuted after all."),
    (SUMMONED, "The suspect has to appear in court."),
    (HEARING, "The court deals with the case."),
    (VERDICT, "There is a verdict or a penalty. It can still be changed on appeal."),
    (APPEAL, "A higher court looks at it again."),
    (FINAL, "It is over. The outcome stands."),
]
OUTCOMES = [
    ("convicted", "Convicted"),
    ("penalty", "Penalty order or settlement with the prosecutor"),
    ("acquitted", "Acquitted"),
    ("not_prosecuted", "Not prosecuted"),
    ("not_taken", "Never taken on by the police"),
]
NEXT = {
    REPORTED: (TAKEN_ON, REFUSED),
    REFUSED: (ASSISTANT, COMPLAINED, TAKEN_ON, FINAL),
    ASSISTANT: (TAKEN_ON, COMPLAINED, FINAL),
    COMPLAINED: (TAKEN_ON, FINAL),
    TAKEN_ON: (INVESTIGATION, WITH_PROSECUTOR, DISMISSED),
    INVESTIGATION: (WITH_PROSECUTOR, DISMISSED),
    WITH_PROSECUTOR: (DISMISSED, SUMMONED, VERDICT),
    DISMISSED: (CONTESTED, FINAL),
    CONTESTED: (WITH_PROSECUTOR, SUMMONED, FINAL),
    SUMMONED: (HEARING, VERDICT),
    HEARING: (HEARING, VERDICT),
    VERDICT: (APPEAL, FINAL),
    APPEAL: (HEARING, VERDICT, FINAL),
    FINAL: (),
}
# Nobody investigates: the police did not take it on, or it is over.
NOT_RUNNING = (REFUSED, ASSISTANT, COMPLAINED, DISMISSED, FINAL)
# A step of which must be said why, or what it is.
WITH_NOTE = (REFUSED, DISMISSED, VERDICT, FINAL)
