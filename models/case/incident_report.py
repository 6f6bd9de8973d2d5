from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..privacy import access as roles

OLDEST = 50  # years: what lies further back is a typing error, and its terms are long over


class Incident(models.Model):
    """A report becomes a case: the one door by which cases come in.

    Promise: either everything that belongs to it is there (facts, people hit, routes walked,
    care offered, terms running) or nothing is; whoever may see it can see it at once (M1 to M5).
    """

    _inherit = "aggression.incident"

    @api.model
    def _report(self, report):
        """Open a case on behalf of the user behind the call.

        :param dict report: occurred_at and reported_at (naive UTC), channel, place, story, where;
            persons: list of dicts (user_id or name, office_id, and what is known of the harm);
            causer: dict (kind, name, description) or None; files: list of dicts (filename,
            content in base64, source); receiver_role_id, one of the route's receivers, or False;
            excluded: ids of users who must not see the case, if any, and exclusion_reason
        :return: the case, in superuser mode
        :raises UserError, ValidationError: in one sentence; nothing is kept then
        """
        protocol = self.env["aggression.protocol"]._in_force(self.env.company)
        self._check_report(report, protocol)
        receiver_role = self._receiver_role(protocol, report)
        cast = self._cast_report(protocol, report, receiver_role)
        values = self._head_values(report, protocol, receiver_role)
        incident = self.sudo()._unlocked().create(values)
        persons = (
            self.env["aggression.affected.person"]
            .sudo()
            ._unlocked()
            .create([{**person, "incident_id": incident.id} for person in report["persons"]])
        )
        incident._keep_facts(report)
        incident._log("reported")
        incident._keep_out_from_the_start(report)
        with self.env["aggression.notice"]._together():
            incident._open_to(cast, persons)
            incident._ask_for_first_steps(cast, persons)
        return incident

    @api.model
    def _check_report(self, report, protocol):
        self._check_moments(report["occurred_at"], report["reported_at"])
        if not report["persons"]:
            raise ValidationError(self.env._("Say who was hit: add at least one person."))
        routes = protocol._playbook().routes
        users = [person["user_id"] for person in report["persons"] if person.get("user_id")]
        if any(user._has_closed_account() for user in self.env["res.users"].browse(users)):
            raise UserError(
                self.env._("This account is closed. Fill in the name of the person instead.")
            )
        for person in report["persons"]:
            if person["office_id"] not in routes:
                raise UserError(
                    self.env._(
                        "The protocol has no route for the office %(office)s. "
                        "Ask the functional manager to add it.",
                        office=self.env["aggression.office"].browse(person["office_id"]).name,
                    )
                )

    @api.model
    def _check_moments(self, occurred_at, reported_at):
        for moment in (occurred_at, reported_at):
            if problem := self._impossible_moment(moment):
                raise ValidationError(problem)
        if occurred_at > reported_at:
            raise ValidationError(
                self.env._(
                    "An incident cannot have happened after it was reported. "
                    "Correct the date and time."
                )
            )

    @api.model
    def _impossible_moment(self, moment):
        """Return in one sentence why an incident cannot have been then, or None."""
        now = fields.Datetime.now()
        if moment > now:
            return self.env._("An incident cannot lie in the future. Correct the date and time.")
        if moment < fields.Datetime.subtract(now, years=OLDEST):
            return self.env._(
                "An incident of more than %(number)s years ago cannot be reported. "
                "Correct the date and time.",
                number=OLDEST,
            )
        return None

    @api.model
    def _head_values(self, report, protocol, receiver_role):
        return {
            "company_id": self.env.company.id,
            "protocol_id": protocol.id,
            "receiver_role_id": receiver_role,
            **{name: report[name] for name in ("occurred_at", "reported_at", "channel", "place")},
        }

    @api.model
    def _receiver_role(self, protocol, report):
        """Return the id of the role that receives this report: the usual one, or the chosen."""
        route = protocol._playbook().routes[report["persons"][0]["office_id"]]
        chosen = report.get("receiver_role_id") or route.receivers[0]
        if chosen not in route.receivers:
            raise UserError(self.env._("Choose a receiver that the protocol names."))
        return chosen

    @api.model
    def _cast_report(self, protocol, report, receiver_role):
        """Return the :class:`Cast` of a new case, in which somebody must receive the report."""
        hit = {person["user_id"] for person in report["persons"] if person.get("user_id")}
        offices = [person["office_id"] for person in report["persons"]]
        passed_over = hit.union(report.get("excluded", ()))
        cast = self._cast(protocol, offices, receiver_role, passed_over)
        if not cast.receiver:
            raise UserError(self._vacant_sentence(receiver_role))
        return cast

    @api.model
    def _vacant_sentence(self, role_id):
        return self.env._(
            "Nobody holds the role %(role)s today, and nobody substitutes. "
            "Ask the functional manager to appoint somebody.",
            role=self.env["aggression.role"].sudo().browse(role_id).name,
        )

    def _keep_facts(self, report):
        self.env["aggression.facts"].sudo()._unlocked().create(
            {
                "incident_id": self.id,
                "story": report["story"],
                "where": report.get("where"),
                "causer_description": (report.get("causer") or {}).get("description"),
            }
        )
        self._keep_causer(report.get("causer"))
        if report.get("files"):
            self.env["aggression.evidence"].sudo()._unlocked().create(
                [{**file, "incident_id": self.id} for file in report["files"]]
            )

    def _keep_causer(self, causer):
        if causer and causer.get("kind") != "unknown":
            self.env["aggression.causer"].sudo()._unlocked().create(
                {
                    "kind": causer["kind"],
                    "name": causer.get("name"),
                    "incident_ids": [fields.Command.link(self.id)],
                }
            )

    def _open_to(self, cast, persons):
        """Write the access rows of a new case."""
        rows = [self._access_row(self.env.uid, roles.REPORTER, "reported")]
        rows += [self._part_row(part) for part in cast.parts]
        for person, carer in zip(persons, cast.carers, strict=True):
            if person.user_id:
                rows.append(self._access_row(person.user_id.id, roles.PERSON_HIT, "hit", person))
            if carer.user:
                rows.append(self._part_row(carer, person))
        self.env["aggression.access"]._grant(rows, new_case=True)

    def _ask_for_first_steps(self, cast, persons):
        """Offer care to who was hit in a new case, and raise what must be done in it."""
        cares = self.env["aggression.aftercare"]
        cares._offer(persons, [carer.user for carer in cast.carers])
        self.env["aggression.duty"]._raise(
            self,
            "reported",
            receiver=cast.receiver,
            extra_talk_for=cares._called_for_by_several(persons),
        )

    def _part_row(self, part, person=None):
        return self._access_row(part.user, part.role, "route", person, part.role_id)

    def _access_row(self, user_id, role, reason, person=None, role_id=False):
        return {
            "incident_id": self.id,
            "user_id": user_id,
            "role": role,
            "role_id": role_id,
            "reason": reason,
            "affected_id": person.id if person else False,
        }

    def _stand_in_line(self):
        """Let two who settle something of one case at the same moment come one after the other.

        The second is done again by Odoo as soon as the first is kept, and finds what it has done.
        """
        self.env.cr.execute(
            "UPDATE aggression_incident SET write_date = write_date WHERE id = ANY(%s)", [self.ids]
        )

    def _log(self, kind, text=False):
        self.env["aggression.entry"]._log(self, kind, text)
