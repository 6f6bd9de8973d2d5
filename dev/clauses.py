"""List which tests show which clause of the protocol: ``make clauses``.

A test names its clauses in its docstring (as whole words, "U3"), in that of its class,
or with the decorator ``clauses("U3", "U4")``.
"""

import ast
import csv
import re
import sys
from collections import defaultdict

from workbench import paths

CLAUSES = paths.ROOT / "docs" / "clauses.csv"
SHOWN = paths.ROOT / "docs" / "clauses-shown.txt"
WORD = re.compile(r"\w+")


def decorated(node):
    """Return the clauses that a ``clauses(…)`` decorator names."""
    calls = [call for call in node.decorator_list if isinstance(call, ast.Call)]
    return {
        argument.value
        for call in calls
        if getattr(call.func, "id", getattr(call.func, "attr", None)) == "clauses"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    }


def words_of(node):
    """Return everything that could be a clause's name on a test or a test class."""
    return set(WORD.findall(ast.get_docstring(node) or "")) | decorated(node)


def tests_in(path):
    """Yield each test's name and the words that may name clauses."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            for method in node.body:
                if _is_test(method):
                    name = f"{path.name}::{node.name}::{method.name}"
                    yield name, words_of(node) | words_of(method)
        elif _is_test(node):
            yield f"{path.name}::{node.name}", words_of(node)


def _is_test(node):
    return isinstance(node, ast.FunctionDef) and node.name.startswith("test")


def read_clauses():
    """Return the clauses by their id, or nothing while there is no list of them."""
    if not CLAUSES.exists():
        return {}
    with CLAUSES.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["clause"] for row in csv.DictReader(file)}


def read_shown():
    if not SHOWN.exists():
        return []
    lines = SHOWN.read_text(encoding="utf-8").splitlines()
    return [line.split("#")[0].strip() for line in lines if line.split("#")[0].strip()]


def main():
    clauses = read_clauses()
    tests = defaultdict(list)
    for path in sorted((paths.ROOT / "tests").glob("test_*.py")):
        for name, words in tests_in(path):
            for clause in words & clauses.keys():
                tests[clause].append(name)
    for clause, text in clauses.items():
        print(f"{clause:6} {text}")
        for name in tests[clause] or ["-"]:
            print(f"       {name}")
    print(f"\n{sum(map(bool, tests.values()))} of {len(clauses)} clauses have a test.")
    return complain(clauses, tests)


def complain(clauses, tests):
    """Name the clauses that are said to be shown and are not."""
    shown = read_shown()
    unknown = [clause for clause in shown if clause not in clauses]
    untested = [clause for clause in shown if clause in clauses and not tests[clause]]
    for fault, found in (("unknown", unknown), ("without a test", untested)):
        if found:
            print(f"{SHOWN.name}: {fault}: {' '.join(found)}", file=sys.stderr)
    return 1 if unknown or untested else 0


if __name__ == "__main__":
    sys.exit(main())
