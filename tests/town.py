"""Who may see what, told in plain Python: knows nothing of Odoo, rules or tables.

It follows what happens in a town and says of each person and case one of three things: must see
it, must not see it, or (None) both would do, where it depends on who was asked first.
"""

CHAIN = {
    "mayor": "deputy_mayor",
    "municipal_secretary": None,
    "aggression_coordinator": "municipal_secretary",
    "public_order_officer": "aggression_coordinator",
    "council_clerk": None,
    "deputy_mayor": None,
}
# office of who was hit: (receives, handle, decides and gives care)
ROUTES = {
    "councillor": ("council_clerk", ("aggression_coordinator",), "mayor"),
    "alderman": ("mayor", ("aggression_coordinator",), "mayor"),
    "mayor": (
        "municipal_secretary",
        ("aggression_coordinator", "public_order_officer"),
        "deputy_mayor",
    ),
}
# What a part in a case opens, beside the case itself, its facts and its files.
HANDLING = {
    *("entry", "decision", "measure", "duty", "causer", "affected.person", "assessment"),
    *("consent", "declaration", "demand", "triangle.item"),
}
CARING = {"affected.person", "aftercare", "talk", "duty"}
OPENS = {
    "hit": {"affected.person", "assessment", "aftercare", "talk", "consent", "declaration"},
    "reported": set(),
    "granted": {*HANDLING, "exclusion"},
    "role": {*HANDLING, *CARING, "exclusion"},
}
OPEN_TO_ALL = {"facts", "evidence", "access"}


class Case:
    """What a case is to people: who was hit, who told it, who was let in and who is kept out."""

    def __init__(self, hit, reporter):
        self.hit = hit
        self.own = {(reporter, "reported")}
        self.kept_out = set()
        self.is_open = True
        self.agrees = False
        self.is_there = True

    @property
    def parts(self):
        receives, handle, decides = ROUTES[self.hit]
        return {receives, decides, *handle}


class Town:
    """Who holds which role, who is away, who has left; and the cases."""

    def __init__(self, holders):
        self.lines = [(role, login, None) for role, login in holders]
        self.left = set()
        self.cases = []

    def hold(self, role):
        """Return who holds a role or stands in for its holder, those who left not counted."""
        return [line for line in self.lines if line[0] == role and line[1] not in self.left]

    def stands(self, role, login):
        return any(line[1] == login for line in self.hold(role))

    def answer(self, role, without):
        """Return who answers for a role: present holders, else those of its substitute."""
        while role:
            away = {replaced for _role, _login, replaced in self.hold(role)}
            found = [login for _role, login, _ in self.hold(role) if login not in away | without]
            if found:
                return found
            role = CHAIN[role]
        return []

    def may_see(self, login, case):
        """Return True for must, False for must not, None where it depends on the past."""
        if not case.is_there or login in self.left:
            return False
        if login == case.hit:
            return True
        if login in case.kept_out:
            return False
        if any(who == login for who, _how in case.own):
            return True
        without = {case.hit} | case.kept_out
        _receives, handle, _decides = ROUTES[case.hit]
        if case.is_open and any(login in self.answer(role, without) for role in handle):
            return True
        answers = any(login in self.answer(role, without) for role in case.parts)
        return None if answers or any(self.stands(role, login) for role in case.parts) else False

    def opens(self, login, case):
        """Return the kinds of records of a case that this person could read at the very most."""
        if self.may_see(login, case) is False:
            return set()
        kinds = set(OPEN_TO_ALL)
        if login == case.hit:
            return kinds | OPENS["hit"]
        kinds |= self._opened_by_parts(login, case)
        return kinds if case.agrees else kinds - {"declaration"}

    def _opened_by_parts(self, login, case):
        kinds = set()
        for who, how in case.own:
            if who == login:
                kinds |= OPENS[how]
        without = {case.hit} | case.kept_out
        by_role = any(
            self.stands(role, login) or login in self.answer(role, without) for role in case.parts
        )
        return kinds | OPENS["role"] if by_role else kinds

    def leave_office(self, login):
        """Whoever was taken out of the last role loses what they had by being let in."""
        if not any(line[1] == login for line in self.lines):
            for case in self.cases:
                case.own = {(who, how) for who, how in case.own if who != login}
