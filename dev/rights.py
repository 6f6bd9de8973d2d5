"""Write docs/rights.md: the rights table in words, for who guards privacy (``make rights``).

``--check`` only says whether it is up to date.
"""

import ast
import csv
import re
import sys
from typing import NamedTuple

from workbench import paths

PAGE = paths.ROOT / "docs" / "rights.md"
TESTS = paths.ROOT / "tests"
CODE = ("models", "wizards")
# what the rows about somebody apart are about
ABOUT = {" (second)": " about the second person hit", " (beside)": " for a witness"}
LETTERS = {"r": "See", "w": "Change", "c": "Add", "d": "Delete"}
CASES, SCREENS, PROTOCOL = "Cases and what belongs to them", "Screens", "The protocol"
CLAUSES = re.compile(r" \((?:[A-Z]\d+|[\d.]+)[^)]*\)")
INTRODUCTION = """\
# Who may do what

Made from `tests/access.csv` and `tests/access_people.csv` by `make rights`; `make lint` fails when
it is out of date. Every cell of the table is tried by the tests, as that person, inside Odoo and
through its API with a login of one's own. What is not named here is not possible: a kind of record
or a person that is missing in the table fails the tests.

**See** is to open, find, count, group in figures and, where Odoo's general right to export was
given, to take along in an export. **Add** is also to copy what one sees. Steps of the protocol
(classify, decide, hold a talk ...) are taken in screens of their own; they change and add records
on behalf of who may take them. That is why hardly anybody may change or add by hand.

Whoever's part in a case ends, in whatever way and whatever their part was, sees nothing of it any
more, not even the past. Everybody who can have a part in a case is tried without it as well.
"""
OF_SCREENS = """\
What somebody typed into a screen is seen, changed and deleted by who opened it and by nobody else.
The table says who can open one on this case.
"""


def table(name):
    with (TESTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Model(NamedTuple):
    """What the source of the addon says of a model."""

    label: str
    sentence: str
    is_screen: bool


def models():
    """Return {name: Model} from the source of the addon."""
    found = {}
    for path in sorted(path for folder in CODE for path in (paths.ROOT / folder).rglob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and "_description" in (texts := _texts(node)):
                is_screen = any(ast.unparse(base).endswith("TransientModel") for base in node.bases)
                model = Model(texts["_description"], _first_sentence(node), is_screen)
                found[texts["_name"]] = model
    return found


def _texts(node):
    """Return what a class sets to a plain text."""
    return {
        statement.targets[0].id: statement.value.value
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
        and isinstance(statement.value, ast.Constant)
    }


def _first_sentence(node):
    words = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
    return CLAUSES.sub("", words).split(". ")[0].rstrip(".") + "."


def heading(row, model):
    """Return the heading under which a row stands."""
    if model.is_screen:
        return SCREENS
    return PROTOCOL if "r" in row["employee"] else CASES


def sections(rows, people, known):
    """Yield the lines of the tables, one table for each kind of record."""
    grouped = {CASES: [], SCREENS: [], PROTOCOL: []}
    for row in rows:
        grouped[heading(row, known[model_of(row)[0]])].append(row)
    for title, chosen in grouped.items():
        letters = [
            x for x in LETTERS if any(x in row[person] for row in chosen for person in people)
        ]
        yield f"\n## {title}\n"
        if title == SCREENS:
            yield OF_SCREENS
        heads = ["Open" if title == SCREENS else LETTERS[letter] for letter in letters]
        yield "| What | " + " | ".join(heads) + " |"
        yield "|---" * (len(letters) + 1) + "|"
        for row in chosen:
            cells = (who(row, letter, people) for letter in letters)
            yield f"| {what(row, known)} | " + " | ".join(cells) + " |"


def model_of(row):
    """Return the model that a row is about, and about whom its records are."""
    name, mark, _end = row["model"].partition(" (")
    return name, ABOUT[row["model"].removeprefix(name)] if mark else ""


def what(row, known):
    name, about = model_of(row)
    return f"**{known[name].label}{about}** `{name}`<br>{known[name].sentence}"


def who(row, letter, people):
    """Return the people with this letter in a row, in words."""
    entitled = [person for person in people if letter in row[person]]
    missing = [person for person in people if person not in entitled]
    if not entitled:
        return "nobody"
    if len(missing) <= len(entitled) // 2:
        return f"everybody but {named(missing)}" if missing else "everybody"
    return named(entitled)


def named(columns):
    return ", ".join(column.replace("_", " ") for column in columns)


def page():
    people = {line.pop("column"): line for line in table("access_people.csv")}
    known = models()
    lines = [INTRODUCTION, "## The people\n", "| In the tables | Who | Relation to the case |"]
    lines.append("|---|---|---|")
    for column, line in people.items():
        lines.append(f"| {named([column])} | {line['who']} | {line['relation']} |")
    lines += sections(table("access.csv"), list(people), known)
    return "\n".join(lines) + "\n"


def main():
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
        print(f"{PAGE.relative_to(paths.ROOT)} is out of date: make rights")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
