"""The groups of this addon that code asks for; membership of none of them opens a case."""

TEAM = "aggression_protocol.group_case_team"
OFFICER = "aggression_protocol.group_privacy_officer"
MANAGER = "aggression_protocol.group_protocol_manager"
