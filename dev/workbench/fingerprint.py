"""Digests of the addon's files: they tell when a database must be made or upgraded."""

import ast
import hashlib

from workbench.paths import ROOT

# What a database is made of; everything else is read from the disk at run time,
# as are the web templates and scripts in static.
DATA_SUFFIXES = {".xml", ".csv", ".po", ".sql"}
NOT_IN_DATABASE = {"benchmarks", "dev", "docs", "tests", "readme", "dist", "static", "demo"}


def installed_files():
    """Yield the files that Odoo loads into a database, or that say how."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if parts[0] in NOT_IN_DATABASE or any(part[0] in "._" for part in parts[:-1]):
            continue
        if path.is_file() and (path.suffix in DATA_SUFFIXES or path.suffix == ".py"):
            yield path


def everything():
    """Digest the whole addon: any change means another test database."""
    return _digest((path, path.read_bytes()) for path in installed_files())


def shape():
    """Digest data files and the shape of the Python: what an upgrade would act on.

    A change inside a method needs no upgrade, only another start of Odoo.
    """
    return _digest(
        (path, _python_shape(path) if path.suffix == ".py" else path.read_bytes())
        for path in installed_files()
    )


def demo():
    """Digest the demo data, which Odoo loads once and never updates."""
    files = sorted(path for path in (ROOT / "demo").rglob("*") if path.is_file())
    return _digest((path, path.read_bytes()) for path in files)


def _digest(contents):
    key = hashlib.sha256()
    for path, content in contents:
        key.update(f"{path.relative_to(ROOT)}\0{len(content)}\0".encode())
        key.update(content)
    return key.hexdigest()[:12]


def _python_shape(path):
    source = path.read_bytes()
    if path.name in ("hooks.py", "__manifest__.py"):
        return source
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = []
    return ast.dump(tree).encode()
