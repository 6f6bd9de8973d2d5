"""The rules of this house that no linter knows: one line for each breach."""

import ast
import re
import sys
from xml.etree import ElementTree

from lint import tracked_files
from workbench import paths

MAX_FILE = 300
MAX_FUNCTION = 40

# Written in a roundabout way, so that this file does not break the rules it states.
UNFINISHED = re.compile(r"\b(TO[D]O|FI[X]ME|X[X]X)\b")
REGISTRIES = ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com")
HOSTS = re.compile(
    "|".join(rf"\b{name}\.{top}\b" for name, top in REGISTRIES)
    + r"|\b(deb|ftp|security|snapshot)(\.\w+)?\.debian\.org\b"
)
MACHINE_PATHS = re.compile(r"(?<![\w.:/-])/(work|root|home/\w+|Users/\w+)/")
TREE_VIEW = re.compile(r"view_mode[\"']?\s*(?:[>:=]|,\s*\")[^<\n]*\btree\b")


def python_breaches(text):
    """Yield breaches of a Python file: too long, or with too long a function."""
    length = len(text.splitlines())
    if length > MAX_FILE:
        yield 1, f"{length} lines, more than {MAX_FILE}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = node.end_lineno - node.lineno + 1
            if size > MAX_FUNCTION:
                yield node.lineno, f"{node.name}: {size} lines, more than {MAX_FUNCTION}"


def xml_breaches(text):
    """Yield what keeps an XML file from being read at all."""
    try:
        ElementTree.fromstring(text.encode())
    except ElementTree.ParseError as error:
        yield error.position[0], f"not well-formed: {error}"


def line_breaches(text, suffix):
    """Yield what may stand on no line of any file."""
    for number, line in enumerate(text.splitlines(), 1):
        if suffix in (".py", ".xml", ".js") and UNFINISHED.search(line):
            yield number, "unfinished work belongs in an issue"
        if HOSTS.search(line):
            yield number, "names the host of a package registry"
        if MACHINE_PATHS.search(line):
            yield number, "names a path of one machine"
        if TREE_VIEW.search(line):
            yield number, "Odoo 19 calls this view a list; a browser fails on it"


def breaches(name):
    """Yield (line, what is wrong) for a file; files that are no text pass."""
    try:
        text = (paths.ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return
    yield from line_breaches(text, name.suffix)
    if name.suffix == ".py":
        yield from python_breaches(text)
    if name.suffix in (".xml", ".svg"):
        yield from xml_breaches(text)


def main():
    found = [f"{name}:{line}: {what}" for name in tracked_files() for line, what in breaches(name)]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
