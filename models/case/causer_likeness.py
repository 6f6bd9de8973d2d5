from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules import likeness
from ..privacy.sealing import blind_index

SAME_NAME = "same_name"
# The strongest first.
LIKENESSES = (
    SAME_NAME,
    likeness.ACCOUNT,
    likeness.ADDRESS,
    likeness.NAME,
    likeness.SURNAME,
)
# Whoever has a very common surname is like many; the most alike come first, and these are enough.
MOST = 20


class Suggestion(NamedTuple):
    """An earlier causer who may be the same, without anything that is in the file."""

    earlier: models.Model
    alike: tuple  # in what, of LIKENESSES
    incidents: int


class Causer(models.Model):
    """Which earlier causers may be the same one: a suggestion, for a person to confirm (A12, M6).

    Promise: names, addresses and accounts are compared by keyed hashes, in one look-up of an
    index, however many causers there are; who is kept out of all the cases of a causer gets no
    suggestion of them, and what was found to be somebody else is not suggested again.
    """

    _inherit = "aggression.causer"

    # A column and not a model of its own: it goes with the name, whoever takes that away.
    likely_hashes = fields.Text(
        compute="_compute_likely_hashes", store=True, precompute=True, groups=".", copy=False
    )

    _by_likeness = models.Index("USING gin (string_to_array(likely_hashes, ' '))")

    @api.depends("name", "address", "accounts")
    def _compute_likely_hashes(self):
        for causer in self:
            kept = causer._hashes(likeness.surname_keys(causer.name)[0])
            causer.likely_hashes = " ".join(sorted(kept)) or False

    def _hashes(self, surnames):
        """Return {hash: in what a causer with this hash is alike} of this causer.

        :param surnames: the keys of the surname: those that are kept, or those that are sought
        """
        keys = {
            likeness.NAME: likeness.name_keys(self.name),
            likeness.SURNAME: surnames,
            likeness.ACCOUNT: likeness.account_keys(self.accounts),
            likeness.ADDRESS: likeness.address_keys(self.address),
        }
        hashes = {blind_index(self.env, self.name): SAME_NAME} if self.name else {}
        for kind, some in keys.items():
            hashes.update({blind_index(self.env, f"{kind} {key}"): kind for key in some})
        hashes.pop(False, None)
        return hashes

    def _suggestions(self, incident):
        """Return each :class:`Suggestion` for this causer of ``incident``, the most alike first.

        The caller has checked that the user handles ``incident``. Nothing of the cases of others
        is told but how many of them there are that the user may know of.
        """
        self.ensure_one()
        causer, case = self.sudo(), incident.sudo()
        sought = causer._hashes(likeness.surname_keys(causer.name)[1])
        known = (
            case._existing_for(self.env.uid)
            & Domain("company_id", "=", case.company_id.id)
            & Domain("id", "!=", case.id)
        )
        told_apart = case.identification_ids._told_apart()
        found = causer._alike(sought, known) - told_apart
        cases = case.search(known & Domain("causer_ids", "in", found.ids))
        return [
            Suggestion(earlier, earlier._alike_in(sought), len(earlier.incident_ids & cases))
            for earlier in found
        ]

    def _alike(self, sought, known):
        """Return the causers with one of these hashes and a case that the user may know of."""
        if not sought:
            return self.browse()
        query = self._search(Domain("id", "!=", self.id) & Domain("incident_ids", "any", known))
        column = self._field_to_sql(query.table, "likely_hashes", query)
        hashes = SQL("string_to_array(%s, ' ')", column)
        query.add_where(SQL("%s && %s", hashes, list(sought)))
        strong = [key for key, kind in sought.items() if kind != likeness.SURNAME]
        query.order = SQL(
            "(%s && %s::text[]) DESC, cardinality(ARRAY("
            "SELECT unnest(%s) INTERSECT SELECT unnest(%s))) DESC, %s DESC",
            *(hashes, strong, hashes, list(sought), SQL.identifier(query.table, "id")),
        )
        query.limit = MOST
        return self.browse(query)

    def _alike_in(self, sought):
        """Return in what this causer is like the one whose hashes are ``sought``."""
        found = {sought[key] for key in self.likely_hashes.split() if key in sought}
        if SAME_NAME in found:
            found -= {likeness.NAME, likeness.SURNAME}
        elif likeness.NAME in found:
            found.discard(likeness.SURNAME)
        return tuple(kind for kind in LIKENESSES if kind in found)

    @api.model
    def _alike_sentence(self, alike):
        """Say in words in what somebody is alike: "same account, similar name"."""
        words = {
            SAME_NAME: self.env._("same name"),
            likeness.ACCOUNT: self.env._("same account"),
            likeness.ADDRESS: self.env._("same address"),
            likeness.NAME: self.env._("similar name"),
            likeness.SURNAME: self.env._("same surname"),
        }
        return ", ".join(words[kind] for kind in alike)
