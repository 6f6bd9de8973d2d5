from contextlib import contextmanager

from odoo import api, models
from odoo.exceptions import UserError, ValidationError

from ..privacy.groups import OFFICER, TEAM
from .rights_change import ADDED, CHANGED, REMOVED

SYSTEM = "base.group_system"
PRIVILEGE = "aggression_protocol.privilege_aggression"
# Who is in one of these can take over another's account, or give out every right.
POWERS = (SYSTEM, "base.group_erp_manager")
# What of an account can be changed to get in as somebody else, or to shut them out.
ACCOUNT = frozenset({"password", "totp_secret", "login", "email", "active"})
WATCHING = "aggression_protocol.watching"


class ResGroups(models.Model):
    """Every way into and out of the groups that matter here is kept: by the user, by the group,
    by a group that implies it, by making or deleting one (C5, M5)."""

    _inherit = "res.groups"

    @api.model
    def _that_matter(self):
        """Return the groups of which it is kept who is in them."""
        own = self.env.ref(PRIVILEGE).sudo().group_ids
        return own.union(*(self.env.ref(name).sudo() for name in POWERS))

    @api.model
    @contextmanager
    def _watching_members(self):
        """Keep who came into these groups and who went while the block ran."""
        cache = self.env.cr.cache
        if not self.pool.ready or WATCHING in cache:
            yield  # somebody further out is watching
            return
        cache[WATCHING] = True
        try:
            before = self._members()
            yield
            after = self._members()
        finally:
            cache.pop(WATCHING, None)
        self._keep_members(after - before, ADDED)
        self._keep_members(before - after, REMOVED)
        self._tell_of_administrators(after - before, after)

    @api.model
    def _members(self):
        """Return {(user id, group id)} by every chain, of archived users too."""
        self.env["res.users"].flush_model(["group_ids"])
        self.flush_model(["user_ids", "implied_ids"])
        definitions = self._get_group_definitions()
        members = set()
        for group in self._that_matter():
            leading_here = [group.id, *definitions.get_subset_ids(group.ids)]
            self.env.cr.execute(
                "SELECT uid FROM res_groups_users_rel WHERE gid = ANY(%s)", [leading_here]
            )
            members.update((user_id, group.id) for (user_id,) in self.env.cr.fetchall())
        return members

    @api.model
    def _keep_members(self, pairs, step):
        names = {group.id: group.full_name for group in self._that_matter()}
        self.env["aggression.rights.change"]._add(
            {"kind": "group", "step": step, "user_id": user_id, "what": names[group_id]}
            for user_id, group_id in sorted(pairs)
        )

    @api.model
    def _tell_of_administrators(self, added, members):
        """Tell the privacy officers of who came in, can give out rights and is in our groups."""
        own = set(self.env.ref(PRIVILEGE).sudo().group_ids.ids)
        inside = {user_id for user_id, group_id in members if group_id in own}
        mighty = {user_id for user_id, group_id in members if group_id not in own}
        if {user_id for user_id, _group in added} & inside & mighty:
            changes = self.env["aggression.rights.change"]
            changes._tell(changes._officers())

    @api.constrains("user_ids", "implied_ids", "implied_by_ids")
    def _check_who_reviews_does_not_read(self):
        self.env["res.users"]._refuse_reviewers_on_the_team()

    @api.model_create_multi
    def create(self, vals_list):
        with self._watching_members():
            return super().create(vals_list)

    def write(self, vals):
        if vals.keys() & {"user_ids", "all_user_ids", "implied_ids", "implied_by_ids"}:
            with self._watching_members():
                return super().write(vals)
        if "rule_groups" in vals:
            rules = self.rule_groups
            result = super().write(vals)
            rules |= self.rule_groups
            rules._keep_change(rules._rows_of_change(), CHANGED, "groups")
            return result
        return super().write(vals)

    def unlink(self):
        with self._watching_members():
            return super().unlink()


class ResUsers(models.Model):
    """Membership and the keys to an account; an administrator on the case team is told of.

    Promise: who reviews the reading is not on the case team; whoever can give out rights and
    gets into one of our groups is not stopped, for a small municipality has few people, but the
    privacy officers are told (C5).
    """

    _inherit = "res.users"

    @api.constrains("group_ids")
    def _check_who_reviews_does_not_read(self):
        self._refuse_reviewers_on_the_team()

    @api.model
    def _refuse_reviewers_on_the_team(self):
        groups = [self.env.ref(name, raise_if_not_found=False) for name in (OFFICER, TEAM)]
        if all(groups) and self.search_count(
            [("all_group_ids", "in", group.ids) for group in groups], limit=1
        ):
            raise ValidationError(
                self.env._(
                    "A privacy officer cannot be on the case team: nobody reviews their own "
                    "reading."
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        with self.env["res.groups"]._watching_members():
            return super().create(vals_list)

    def write(self, vals):
        if vals.keys() & {"group_ids", "all_group_ids", "role"}:
            with self.env["res.groups"]._watching_members():
                result = super().write(vals)
        else:
            result = super().write(vals)
        if changed := ACCOUNT & vals.keys():
            self._keep_account(changed)
        return result

    def unlink(self):
        with self.env["res.groups"]._watching_members():
            return super().unlink()

    def _action_reset_password(self, signup_type="reset"):
        self._keep_account({"reset by mail"})
        return super()._action_reset_password(signup_type)

    def _keep_account(self, changed):
        if not self.pool.ready:
            return
        groups = self.env["res.groups"]._that_matter()
        self.env["aggression.rights.change"]._add(
            {
                "kind": "account",
                "step": CHANGED,
                "user_id": user.id,
                "what": ", ".join(sorted(changed)),
            }
            for user in self.sudo()
            if user.all_group_ids & groups
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_rights_changes(self):
        """Keep the names in the log of changes: who is in it can be archived, not deleted (C5)."""
        log = self.env["aggression.rights.change"].sudo()
        if log.search_count(["|", ("user_id", "in", self.ids), ("by_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "This person is in the log of changes of rights. Archive the account instead."
                )
            )
