from odoo import api, fields, models

from ..privacy.access import CARER, DECIDER, HANDLER, PERSON_HIT


class Incident(models.Model):
    """What the case's first screen shows: what happened, what must be done, what may I do."""

    _inherit = "aggression.incident"

    person = fields.Char("Who was hit", compute="_compute_person")
    story = fields.Text("What happened", compute="_compute_story")
    where = fields.Char("Where exactly", compute="_compute_story")
    causer_description = fields.Text("Who did it, as reported", compute="_compute_story")
    can_handle = fields.Boolean(compute="_compute_my_part")
    can_decide = fields.Boolean(compute="_compute_my_part")
    can_decide_measures = fields.Boolean(compute="_compute_my_part")
    causer_known = fields.Boolean(compute="_compute_my_part")
    can_keep_out = fields.Boolean(compute="_compute_my_part")
    can_step_back = fields.Boolean(compute="_compute_my_part")
    was_hit = fields.Boolean("Was hit in it", compute="_compute_my_part")
    can_give_care = fields.Boolean(compute="_compute_can_give_care")
    kept_out = fields.Char("Do not speak about this case with", compute="_compute_kept_out")
    not_closable_reason = fields.Char(compute="_compute_not_closable_reason")

    @api.depends("affected_ids")
    @api.depends_context("uid")
    def _compute_person(self):
        """Name who was hit, to who may see that."""
        persons = self.env["aggression.affected.person"]._of(self).grouped("incident_id")
        for incident in self:
            mine = persons.get(incident)
            incident.person = mine and mine._person_names()

    @api.depends("facts_ids")
    def _compute_story(self):
        told = self.env["aggression.facts"].search_fetch(
            [("incident_id", "in", self.ids)],
            ["incident_id", "story", "where", "causer_description"],
        )
        told = told.grouped("incident_id")
        for incident in self:
            facts = told.get(incident, self.env["aggression.facts"])[:1]
            incident.story = facts.story
            incident.where = facts.where
            incident.causer_description = facts.causer_description

    @api.depends_context("uid")
    def _compute_my_part(self):
        for incident in self:
            mine = incident.team_ids.filtered(lambda row: row.user_id.id == self.env.uid)
            parts = set(mine.mapped("role"))
            incident.was_hit = PERSON_HIT in parts
            incident.can_handle = bool(parts & {HANDLER, DECIDER})
            known = incident.can_handle and incident.sudo().causer_ids._known()
            incident.causer_known = bool(known)
            incident.can_keep_out = HANDLER in parts
            incident.can_step_back = bool(parts & {HANDLER, DECIDER, CARER})
            decides = DECIDER in parts and incident._decider().id == self.env.uid
            incident.can_decide = decides and incident.state in ("assessed", "decided")
            incident.can_decide_measures = decides

    @api.depends_context("uid")
    def _compute_can_give_care(self):
        for incident in self:
            incident.can_give_care = bool(incident._seen("aggression.aftercare"))

    @api.depends_context("uid")
    def _compute_kept_out(self):
        """Name who is kept out, for those who handle the case; the rule leaves out all others."""
        exclusions = self._seen("aggression.exclusion")
        by_case = exclusions.filtered(lambda one: not one.lifted_at).grouped("incident_id")
        for incident in self:
            names = by_case.get(incident, exclusions.browse()).user_id.mapped("name")
            incident.kept_out = ", ".join(names)

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_not_closable_reason(self):
        for incident in self:
            decided = incident.state == "decided" and incident.can_handle
            incident.not_closable_reason = decided and incident.sudo()._blocker("closed")

    def action_show_readers(self):
        """Show who looked at this case, to a person who was hit in it (C5)."""
        self.ensure_one()
        self._require(PERSON_HIT)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "aggression_protocol.read_log_own_case_action"
        )
        return {**action, "domain": [("incident_id", "=", self.id)]}

    def action_open_care(self):
        """Show the aftercare of this case that the user gives or is offered."""
        self.ensure_one()
        self.check_access("read")
        cares = self.env["aggression.aftercare"].search([("incident_id", "=", self.id)])
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Aftercare"),
            "res_model": cares._name,
        }
        if len(cares) == 1:
            return {**action, "res_id": cares.id, "views": [(False, "form")]}
        return {
            **action,
            "domain": [("id", "in", cares.ids)],
            "views": [(False, "list"), (False, "form")],
        }
