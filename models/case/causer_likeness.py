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
MOST, ENOUGH = 20, 200


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
        found = causer._nearest(sought) - case.identification_ids._told_apart()
        found &= found.search(Domain("id", "in", found.ids) & Domain("incident_ids", "any", known))
        found = found.sorted(lambda earlier: earlier._likeness(sought))[:MOST]
        cases = case.search(known & Domain("causer_ids", "in", found.ids))
        return [
            Suggestion(earlier, earlier._alike_in(sought), len(earlier.incident_ids & cases))
            for earlier in found
        ]

    def _nearest(self, sought):
        """Return the other causers with one of these hashes, those alike by a surname alone last.

        In a query of its own: with the cases in it, the database walks through all of them.
        """
        if not sought:
            return self.browse()
        self.flush_model(["likely_hashes"])
        hashes = SQL("string_to_array(likely_hashes, ' ')")
        strong = [key for key, kind in sought.items() if kind != likeness.SURNAME]
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM aggression_causer WHERE %s && %s AND id != %s "
                "ORDER BY %s && %s::text[] DESC, id DESC LIMIT %s",
                *(hashes, list(sought), self.id, hashes, strong, ENOUGH),
            )
        )
        return self.browse(id_ for (id_,) in rows)

    def _likeness(self, sought):
        """Return a key to sort by: the strongest likeness first, then the most."""
        alike = self._alike_in(sought)
        return LIKENESSES.index(alike[0]), -len(alike)

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
