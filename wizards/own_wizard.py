from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class OwnWizard(models.AbstractModel):
    """A screen that is filled in by one person.

    Promise: what is typed here can be read by whoever typed it and by nobody else (a global rule
    on the creator), and is gone as soon as the step is taken.
    """

    _name = "aggression.own.wizard"
    _description = "Screen of one person"
    _inherit = "aggression.typed.in"  # it can be filled in on the portal too

    def _compute_display_name(self):
        """Name a screen by its number: that is read by everybody, whatever is typed on it."""
        for screen in self:
            screen.display_name = f"{self._name},{screen.id}"

    def _require_own(self):
        """Raise AccessError when somebody drives another person's screen by a remote call."""
        self.ensure_one()
        if self.create_uid != self.env.user:
            raise AccessError(self.env._("This screen belongs to somebody else."))

    def _finish(self, incident):
        """Delete what was typed and return the action that shows the case, if the user may."""
        self.sudo().unlink()
        return incident.with_env(self.env)._action_show()

    def _close(self):
        """Delete what was typed and stay where the screen was opened."""
        self.sudo().unlink()
        return {"type": "ir.actions.act_window_close"}

    def _finish_with(self, letter):
        """Delete what was typed, close the screen and hand the letter to the user's browser."""
        self.sudo().unlink()
        # A plain download leaves the dialog open, on a record that is gone.
        return {**letter.with_env(self.env).action_download(), "target": "new", "close": True}


class Incident(models.Model):
    _inherit = "aggression.incident"

    def _action_show(self):
        if not self.has_access("read"):
            return {"type": "ir.actions.act_window_close"}
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(self.env.ref("aggression_protocol.incident_view_form").id, "form")],
            "target": "main",
        }

    def _action_wizard(self, model, name, **defaults):
        """Return the action that opens the wizard ``model`` on this case, filled in so far."""
        begun = {f"default_{field}": value for field, value in defaults.items()}
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_incident_id": self.id, "dialog_size": "extra-large", **begun},
        }


class CaseWizard(models.AbstractModel):
    """A screen about one case, for who has one of the parts ``_parts`` in it.

    Promise: who has no such part cannot open it, let alone take its step; and it is about records
    of that case that the user may read.
    """

    _name = "aggression.case.wizard"
    _description = "Screen about one case"
    _inherit = "aggression.own.wizard"
    _rec_name = "incident_id"  # never a name that somebody typed

    _parts = ()
    _about = ()  # the fields that say what of the case it is about

    incident_id = fields.Many2one("aggression.incident", required=True, readonly=True)

    @api.constrains("incident_id")
    def _check_part(self):
        self.sudo().incident_id.with_env(self.env)._require(*self._parts)

    def _may_open(self):
        """Tell whether the user can open this: asked by what is filled in before it is kept."""
        case = self.incident_id._origin
        return bool(case) and case._has_role(*self._parts)

    def _readable(self, name):
        """Return what this field names, as far as the user may read it.

        Searched for, so that the rule looks on while the screen is not saved yet, too: what was
        refused can lie in the cache all the same.
        """
        return self[name].search([("id", "in", self[name].ids)])

    @api.constrains(lambda self: self._about)
    def _check_about(self):
        for wizard in self:
            for name in self._about:
                about = wizard[name].sudo(False)
                about.check_access("read")  # constraints run as superuser
                if about.sudo().incident_id - wizard.incident_id:
                    raise AccessError(self.env._("This is part of another case."))

    def _require_case(self):
        """Raise AccessError unless this is the user's own screen and still their own case."""
        self._require_own()
        self._check_part()

    @api.model
    def _forget(self, users, incidents):
        """Delete the screens about these cases that these users still have open."""
        self._delete_screens(Domain("create_uid", "in", users.ids), incidents)

    @api.model
    def _close_screens(self, incidents):
        """Delete all screens about these cases, whoever has them open."""
        self._delete_screens(Domain.TRUE, incidents)

    @api.model
    def _delete_screens(self, whose, incidents):
        for name in self.env.registry.descendants([self._name], "_inherit"):
            screens = self.env[name].sudo()
            if not screens._abstract:
                screens.search(whose & Domain("incident_id", "in", incidents.ids)).unlink()


class PersonWizard(models.AbstractModel):
    """A screen about one person who was hit in a case.

    Promise: it is about somebody whom the user may see (C5).
    """

    _name = "aggression.person.wizard"
    _description = "Screen about one person hit"
    _inherit = "aggression.case.wizard"
    _about = ("affected_id",)

    affected_id = fields.Many2one(
        "aggression.affected.person",
        "Person hit",
        compute="_compute_affected_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    is_own = fields.Boolean(compute="_compute_is_own")
    person = fields.Char("For", compute="_compute_person")

    @api.depends("incident_id")
    def _compute_affected_id(self):
        for wizard in self:
            persons = self.env["aggression.affected.person"]
            if wizard._may_open():
                persons = persons._of(wizard.incident_id)
            wizard.affected_id = wizard._offered(persons)[:1]

    def _offered(self, persons):
        """Return whom this screen can be about, of the people that the user may see."""
        return persons

    @api.depends("affected_id")
    @api.depends_context("uid")
    def _compute_is_own(self):
        for wizard in self:
            wizard.is_own = bool(wizard.affected_id._oneself())

    @api.depends("affected_id")
    def _compute_person(self):
        for wizard in self:
            wizard.person = wizard.affected_id._person_names()


class AgainstWizard(models.AbstractModel):
    """A screen about one causer of a case, chosen already where there is but one."""

    _name = "aggression.against.wizard"
    _description = "Screen about one causer"
    _inherit = "aggression.case.wizard"

    causer_choice_ids = fields.Many2many("aggression.causer", compute="_compute_causer_choice_ids")
    causer_id = fields.Many2one(
        "aggression.causer",
        compute="_compute_causer_id",
        compute_sudo=False,
        store=True,
        readonly=False,
    )

    @api.depends("incident_id")
    def _compute_causer_choice_ids(self):
        for wizard in self:
            wizard.causer_choice_ids = wizard.incident_id.causer_ids

    @api.depends("incident_id")
    def _compute_causer_id(self):
        for wizard in self:
            causers = wizard.incident_id.causer_ids
            wizard.causer_id = causers if len(causers) == 1 else False


class OwnLine(models.AbstractModel):
    """A line on a screen: nobody hangs one under the screen of somebody else."""

    _name = "aggression.own.line"
    _description = "Line on a screen"

    wizard_id = fields.Many2one(
        "aggression.own.wizard", required=True, index=True, ondelete="cascade"
    )

    @api.constrains("wizard_id")
    def _check_own(self):
        for line in self:
            line.wizard_id._require_own()


class Access(models.Model):
    _inherit = "aggression.access"

    def _end(self):
        """Take the access away, and with it what its user has open of these cases."""
        if self:
            self.env["aggression.case.wizard"]._forget(self.user_id, self.incident_id)
        return super()._end()
