from odoo import models

ADDON = "aggression_protocol"


class Protocol(models.Model):
    """A municipality takes over the protocol of another one and changes what differs.

    Promise: it gets offices, roles and a draft of its own, and nothing that either municipality
    changes later shows in the other. What differs is data: each copy can be named by data files.
    """

    _inherit = "aggression.protocol"

    def _take_over(self, company_id, prefix):
        """Copy this protocol, with its offices and roles, to another municipality.

        :param int company_id: a municipality that has no roles yet
        :param str prefix: a copy of the record ``role_mayor`` can be named ``<prefix>_role_mayor``
        :return: the draft
        """
        self.ensure_one()
        twins = self._copy_to(company_id, self.env["aggression.office"])
        twins.update(self._copy_to(company_id, self.env["aggression.role"]))
        draft = self.copy({"name": self.name, "company_id": company_id})
        twins[self._name, self.id] = draft.id
        own = {(model, id_): copy for (model, id_), copy in twins.items() if model != self._name}
        roles = self.env["aggression.role"].search([("company_id", "=", company_id)])
        for record in [*roles, draft, *draft._parts()]:
            record._point_to_twins(own)
        for theirs, ours in zip(self._parts(), draft._parts(), strict=True):
            twins[theirs._name, theirs.id] = ours.id
        self._name_twins(twins, prefix)
        return draft

    def _copy_to(self, company_id, model):
        """Copy the offices or roles of this municipality: {(model, id): id of its copy}."""
        originals = model.search([("company_id", "=", self.company_id.id)])
        copies = originals.copy({"company_id": company_id})
        return dict(zip(((model._name, id_) for id_ in originals.ids), copies.ids, strict=True))

    def _name_twins(self, twins, prefix):
        """Give each copy a name in data files, made of the name of its original."""
        names = self.env["ir.model.data"].search([("module", "=", ADDON)])
        self.env["ir.model.data"]._update_xmlids(
            [
                {
                    "xml_id": f"{ADDON}.{prefix}_{name.name}",
                    "record": self.env[name.model].browse(twins[name.model, name.res_id]),
                    "noupdate": True,
                }
                for name in names
                if (name.model, name.res_id) in twins
            ]
        )
