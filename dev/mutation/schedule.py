"""In which order a mutant meets the tests: first those that have seen its guard refuse."""

import json
import re

# Where a guard of this kind shows first; after these come all other tests.
TABLE = ("test_access.py::TestTable::test_records", "test_who_opens_a_screen", "test_access")
LIKELY = {
    "record rule": TABLE,
    "right ": TABLE,
    "guarded field": ("test_guarded.py", "test_access_doors"),
    "groups of": ("test_guarded.py", "test_access"),
    "trigger": ("test_read_log", "test_database"),
    "constraint": ("test_database",),
    "index": ("test_database",),
}
# They look at how the addon is made and not at what it does: only asked when nothing else notices.
LAST = re.compile(r"::TestShape::")
TRIED_EARLY = 12


class Schedule:
    """Gives pairs of a mutant and a test, the likeliest first, in rounds sorted by test class.

    Only tests that reach a guard can miss it; for what stands in the database these are the tests
    that write to its table or ask as a user for records of its model.
    """

    def __init__(self, learned, tests, memory):
        self.seconds = {
            test: spent
            for test, spent in learned.seconds.items()
            if test in tests and test not in learned.failing
        }
        self.passed, self.refused = learned.passed, learned.refused
        self.memory = memory
        self.killers = json.loads(memory.read_text()) if memory.exists() else {}

    def remember(self, mutant, test):
        self.killers[mutant.name] = test
        self.memory.write_text(json.dumps(self.killers, indent=1, sort_keys=True))

    def rounds(self, mutants):
        """Yield lists of (mutant, test): the best test, some good ones, all that could notice."""
        orders = {mutant: self._order(mutant) for mutant in mutants}
        for start, end in ((0, 1), (1, TRIED_EARLY), (TRIED_EARLY, None)):
            batch = [
                (mutant, test) for mutant, tests in orders.items() for test in tests[start:end]
            ]
            yield sorted(batch, key=lambda pair: pair[1])

    def _order(self, mutant):
        key = mutant.key
        refused = self._cheapest(self.refused.get(key, ()))
        reached = self.passed.get(key if mutant.about.endswith(".py") else mutant.about, ())
        likely = self._likely(mutant)
        asked = {test for test in self.seconds if any(words in test for words in likely)}
        further = self._cheapest(asked.union(reached), likely)
        tests = [self.killers.get(mutant.name), *refused, *further]
        return [test for test in dict.fromkeys(tests) if test in self.seconds]

    def _likely(self, mutant):
        return next((words for kind, words in LIKELY.items() if mutant.name.startswith(kind)), ())

    def _cheapest(self, tests, likely=()):
        def cost(test):
            rank = next((n for n, words in enumerate(likely) if words in test), len(likely))
            return bool(LAST.search(test)), rank, self.seconds[test]

        return sorted((test for test in tests if test in self.seconds), key=cost)
