"""What both sides have in common: who measures, in which database."""

from contextlib import contextmanager
from random import Random

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry

from measuring.client import count_limit, specification

LIMIT = 80


class Side:
    """The calls of one software, as one limited user."""

    model = order = None

    def __init__(self, cr, login):
        self.cr = cr
        su = api.Environment(cr, SUPERUSER_ID, {})
        user = su["res.users"].search([("login", "=", login)])
        self.su = su(context=self._context(user))
        self.env = self.su(user=user, su=False)
        self.chance = Random(7)
        self._specifications = {}

    def _context(self, user):
        return {
            "lang": user.lang,
            "tz": user.tz,
            "uid": user.id,
            "allowed_company_ids": user.company_id.ids,
            "bin_size": True,
        }

    @property
    def records(self):
        return self.env[self.model]

    def asked(self, kind, model=None, view=None):
        """Return what a view asks for; asked once, as the web client does."""
        key = (kind, model, view)
        if key not in self._specifications:
            records = self.env[model or self.model]
            view_id = self.su.ref(view).id if view else False
            self._specifications[key] = specification(records, kind, view_id)
        return self._specifications[key]

    def count_limit(self, model):
        key = ("count_limit", model)
        if key not in self._specifications:
            self._specifications[key] = count_limit(self.env[model])
        return self._specifications[key]

    def some(self, number, domain=()):
        """Return the ids of some records that the user sees, spread over the whole register."""
        ids = self.records.search(list(domain), order="id", limit=20_000).ids
        return self.chance.sample(ids, min(number, len(ids)))

    def page(self, domain, records=None, asked=None, order=None):
        """Draw the first page of a list, with its count."""
        records = self.records if records is None else records
        return records.web_search_read(
            list(domain),
            asked or self.asked("list"),
            limit=LIMIT,
            order=order or self.order,
            count_limit=self.count_limit(records._name),
        )

    def next_of(self, ids):
        """Return another record each time."""
        return self.records.browse(self.chance.choice(ids))


@contextmanager
def opened(kind, database, login):
    """Yield a side with a transaction of its own."""
    with Registry(database).cursor() as cr:
        yield kind(cr, login)
        cr.rollback()
