import os

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from psycopg2.errors import NotNullViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time

from .town import CHAIN, HANDLING, OPEN_TO_ALL, OPENS, ROUTES, Case, Town
from .visibility import VisibilityCase

HOLDERS = [
    ("mayor", "mayor"),
    ("deputy_mayor", "deputy"),
    ("council_clerk", "clerk"),
    ("municipal_secretary", "secretary"),
    ("aggression_coordinator", "coordinator"),
    ("public_order_officer", "order_officer"),
]
STAFF = ("mayor", "deputy", "clerk", "secretary", "coordinator", "order_officer", "uninvolved")
EVERYBODY = (*STAFF, "councillor", "alderman", "desk", "employee", "manager", "stranger")
KINDS = sorted(OPEN_TO_ALL | HANDLING | set().union(*OPENS.values()))
EXAMPLES = int(os.environ.get("ATTACK_STORIES", "200"))
# Not made shorter: a story takes a second, and the first that fails tells enough.
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]
staff, roles = st.sampled_from(STAFF), st.sampled_from(sorted(CHAIN))
which = st.integers(0, 1)


class Stories(RuleBasedStateMachine):
    """Any story that people can make of a case; each step is told to the town as well."""

    test = None

    def __init__(self):
        super().__init__()
        self.savepoint = self.test.env.cr.savepoint()
        self.town = Town(HOLDERS)
        self.records = []

    def teardown(self):
        try:
            for case, record in self.cases_there():
                self.test.check_kinds(self.town, case, record)
        finally:
            self.savepoint.close(rollback=True)
            self.test.env.registry.clear_cache()
            self.test.env.invalidate_all(flush=False)

    def attempt(self, step, *people):
        """Take a step through its own screen; tell whether it was taken, or refused as a whole.

        :param people: who takes part in it; those who left the town do not
        """
        if self.town.left.intersection(people):
            return False
        try:
            with self.test.env.cr.savepoint():
                step()
                self.test.env.flush_all()
        # a field that has to be filled in and is not: the server makes a sentence of it
        except (AccessError, UserError, NotNullViolation):
            self.test.env.invalidate_all(flush=False)
            return False
        self.test.env.invalidate_all()
        return True

    def chosen(self, number):
        there = self.cases_there()
        return there[number % len(there)]

    def cases_there(self):
        pairs = zip(self.town.cases, self.records, strict=True)
        return [(case, record) for case, record in pairs if case.is_there]

    has_cases = precondition(lambda self: self.cases_there())

    @precondition(lambda self: len(self.records) < 2)
    @rule(
        by=st.sampled_from(("desk", "clerk", "coordinator", "uninvolved")),
        hit=st.sampled_from(sorted(ROUTES)),
        kept_out=st.sets(staff, max_size=1),
    )
    def report(self, by, hit, kept_out):
        users = [self.test.users[login].id for login in kept_out]
        found = []
        if self.attempt(
            # in that office, whatever roles the person holds by then
            lambda: found.append(self.test.report(by, hit, office=hit, excluded_ids=users)),
            by,
            hit,
        ):
            case = Case(hit, by)
            case.kept_out |= kept_out
            self.town.cases.append(case)
            self.records += found

    @has_cases
    @rule(number=which, by=staff, login=staff)
    def grant(self, number, by, login):
        case, record = self.chosen(number)
        values = {"user_id": self.test.users[login].id, "reason": "Knows the town."}
        if self.attempt(
            lambda: self.test.screen(by, "sharing.wizard", record, values).action_share(), by, login
        ):
            case.own.add((login, "granted"))

    @has_cases
    @rule(number=which, by=staff, login=staff)
    def exclude(self, number, by, login):
        case, record = self.chosen(number)
        if self.attempt(lambda: self.test.keep_out(record, login, by), by):
            self.keep_out(case, login)

    @has_cases
    @rule(number=which, login=staff)
    def revoke(self, number, login):
        case, record = self.chosen(number)
        if self.attempt(lambda: self.test.step_back(record, login), login):
            self.keep_out(case, login)

    def keep_out(self, case, login):
        case.kept_out.add(login)
        case.own = {(who, how) for who, how in case.own if who != login}

    @has_cases
    @rule(number=which, by=staff, login=staff)
    def let_in(self, number, by, login):
        case, record = self.chosen(number)
        running = record.exclusion_ids.filtered(lambda line: not line.lifted_at)
        mine = running.filtered(lambda line: line.user_id.login == login)
        if mine and self.attempt(lambda: self.test.let_in(mine, by), by):
            case.kept_out.discard(login)

    @has_cases
    @rule(number=which, by=staff)
    def close(self, number, by):
        case, record = self.chosen(number)
        facts = {"by": by, "closing_reason": "It was talked over."}
        if self.attempt(lambda: self.test.classify(record, "criticism", **facts), by):
            case.is_open = record.state != "closed"

    @has_cases
    @rule(number=which, by=staff)
    def reopen(self, number, by):
        case, record = self.chosen(number)
        values = {"step": "reopen", "text": "Closed too soon."}
        if self.attempt(
            lambda: self.test.screen(by, "step.note", record, values).action_save(), by
        ):
            case.is_open = True

    @has_cases
    @rule(number=which, agrees=st.booleans())
    def consent(self, number, agrees):
        """Declare, and agree that the team reads it or take that back: by the person hit."""
        case, record = self.chosen(number)
        values = {"text": "Words.", "agrees": agrees}
        if self.attempt(
            lambda: self.test.screen(case.hit, "declaration.wizard", record, values).action_save(),
            case.hit,
        ):
            case.agrees = agrees

    @has_cases
    @rule(number=which)
    def destroy(self, number):
        case, record = self.chosen(number)
        if not case.is_open and self.attempt(record.sudo()._destroy):
            case.is_there = False

    @rule(role=roles, login=staff)
    def appoint(self, role, login):
        if self.attempt(lambda: self.test.appoint(login, role)):
            self.town.lines.append((role, login, None))

    @rule(role=roles, login=staff)
    def delegate(self, role, login):
        absent = next(
            (who for held, who, away in self.town.lines if held == role and not away), None
        )
        values = {"date_to": "2026-03-31"}
        if absent and self.attempt(
            lambda: self.test.appoint(login, role, replaces_id=self.test.users[absent].id, **values)
        ):
            self.town.lines.append((role, login, absent))

    @rule(role=roles, login=staff)
    def take_out(self, role, login):
        lines = self.test.line(role, login)
        if lines and self.attempt(lambda: self.test.as_user("manager", lines).unlink()):
            self.town.lines = [line for line in self.town.lines if line[:2] != (role, login)]
            self.town.leave_office(login)

    @rule(login=staff)
    def leave(self, login):
        user = self.test.users[login]
        if not self.attempt(lambda: user.write({"active": not user.active})):
            return
        if login in self.town.left:
            self.town.left.discard(login)
            return
        self.town.left.add(login)
        for case in self.town.cases:
            case.own = {(who, how) for who, how in case.own if who != login}

    @invariant()
    def everybody_sees_what_they_may(self):
        for case, record in zip(self.town.cases, self.records, strict=True):
            self.test.check_case(self.town, case, record)


@freeze_time("2026-03-06 22:10:00")
class TestAnyStory(VisibilityCase):
    """Whatever people do, in whatever order; `make attack` tells ten times as many stories."""

    def test_stories(self):
        """M5, C5, C3, C4: who sees what is what another telling says, after each step."""
        Stories.test = self
        run_state_machine_as_test(
            Stories, settings=settings(max_examples=EXAMPLES, stateful_step_count=12, phases=PHASES)
        )

    def screen(self, by, name, record, values):
        model = self.model_as(by, f"aggression.{name}")
        return model.create({"incident_id": record.id, **values})

    def let_in(self, exclusion, by):
        action = self.as_user(by, exclusion).action_let_in()
        self.screen_of(action, by, reason="It was another.").action_save()

    def seen(self, login, name, domain):
        model = self.env[name].with_user(self.users[login])
        return bool(model.has_access("read") and model.search_count(domain, limit=1))

    def check_case(self, town, case, record):
        for login in EVERYBODY:
            seen = self.seen(login, "aggression.incident", [("id", "=", record.id)])
            wanted = town.may_see(login, case)
            self.assertIn(seen, (True, False) if wanted is None else (wanted,), login)

    def check_kinds(self, town, case, record):
        """At most these kinds of records of the case are read, by anybody."""
        for login in EVERYBODY:
            opened = town.opens(login, case)
            for kind in KINDS:
                domain = [("incident_id", "=", record.id)]
                if kind == "causer":
                    domain = [("id", "in", record.causer_ids.ids)]
                if kind not in opened:
                    self.assertFalse(self.seen(login, f"aggression.{kind}", domain), (login, kind))
