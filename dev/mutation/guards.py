"""The guards that stand in the source: found, watched and taken away by their syntax.

A guard is never listed by hand. It is found by its shape, so that the guards of a new model are
among the mutants without anybody's doing.
"""

import ast
import re
from typing import NamedTuple

from workbench import paths

FOLDERS = ("models", "wizards", "controllers")
# A statement that refuses by itself: self._require(...), record.check_access("read").
REFUSING = re.compile(r"^(_require\w*|check_access|_check_\w+|_refuse_guarded)$")
# A question to which the guard wants to hear "yes".
ASKING = re.compile(r"^(has_access|_has_role|has_group|_holds_key)$")
METHODS = {"constrains", "ondelete"}


class Guard(NamedTuple):
    """One guard: ``number`` is its place in the walk through its file."""

    path: str
    function: str
    line: int  # where its function begins, decorators included
    number: int
    what: str

    @property
    def name(self):
        return f"{self.path} {self.function}: {self.what}"


class Walk(ast.NodeTransformer):
    """Walks a file in a fixed order and lets ``change(kind, node, number)`` replace guards."""

    def __init__(self, change):
        self.change = change
        self.number = -1
        self.stack = []

    def _found(self, kind, node):
        self.number += 1
        return self.change(kind, node, self.number, self.stack)

    def visit_ClassDef(self, node):
        self.stack.append(node)
        self.generic_visit(node)
        self.stack.pop()
        return node

    def visit_FunctionDef(self, node):
        self.stack.append(node)
        self.generic_visit(node)
        names = {getattr(_called(decorator), "attr", "") for decorator in node.decorator_list}
        if names & METHODS:
            node = self._found("method", node)
        self.stack.pop()
        return node

    def visit_Expr(self, node):
        self.generic_visit(node)
        name = getattr(_called(node.value), "attr", "")
        return self._found("call", node) if REFUSING.match(name) else node

    def visit_If(self, node):
        self.generic_visit(node)
        return self._found("if", node) if _refuses(node.body[-1]) else node

    def visit_Raise(self, node):
        function = self.stack[-1]
        alone = isinstance(function, ast.FunctionDef) and node is function.body[-1]
        return self._found("raise", node) if alone and _refuses(node) else node

    def visit_ExceptHandler(self, node):
        self.generic_visit(node)
        return self._found("sentence", node) if _refuses(node.body[-1]) else node

    def visit_Call(self, node):
        self.generic_visit(node)
        asks = ASKING.match(getattr(node.func, "attr", ""))
        return self._found("question", node) if asks else node


def _called(node):
    return node.func if isinstance(node, ast.Call) else node


def _refuses(node):
    if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
        return False
    name = _called(node.exc)
    return getattr(name, "id", getattr(name, "attr", "")).endswith("Error")


def _words(kind, node):
    if kind == "method":
        return "the whole method"
    if kind == "if":
        return f"if {ast.unparse(node.test)}"
    if kind == "sentence":
        return f"except {ast.unparse(node.type)}: its own sentence"
    return " ".join(ast.unparse(node).split())[:90]


def files():
    for folder in FOLDERS:
        for path in sorted((paths.ROOT / folder).rglob("*.py")):
            yield path.relative_to(paths.ROOT)


def parse(path):
    return ast.parse((paths.ROOT / path).read_text(encoding="utf-8"))


def find():
    """Return every guard in the source."""
    found = []
    for path in files():

        def note(kind, node, number, stack, path=path):
            functions = [part for part in stack if isinstance(part, ast.FunctionDef)]
            if functions:
                outer = functions[0]
                line = min([outer.lineno, *(d.lineno for d in outer.decorator_list)])
                name = ".".join(part.name for part in stack)
                found.append(Guard(str(path), name, line, number, _words(kind, node)))
            return node

        Walk(note).visit(parse(path))
    return _told_apart(found)


def _told_apart(found):
    """Number the guards of one function that read the same."""
    seen = {}
    told = []
    for guard in found:
        seen[guard.name] = seen.get(guard.name, 0) + 1
        again = seen[guard.name]
        told.append(guard._replace(what=f"{guard.what} ({again})") if again > 1 else guard)
    return told


def without(path, number):
    """Return the syntax tree of a file in which one guard lets everything pass."""

    def change(kind, node, at, _stack):
        return _pass(kind, node) if at == number else node

    return ast.fix_missing_locations(Walk(change).visit(parse(path)))


def _pass(kind, node):
    # Everything stays in the tree, out of reach: a function keeps the variables it closes over.
    never = ast.Constant(False)
    if kind == "if":
        node.test = ast.BoolOp(ast.And(), [node.test, never])
    elif kind == "method":
        node.body = [ast.If(never, node.body, [])]
    elif kind == "sentence":
        node.body = [ast.If(never, node.body, []), ast.Raise()]
    elif kind == "question":
        return ast.IfExp(ast.Constant(True), ast.Constant(True), node)
    else:
        return ast.If(never, [node], [ast.Pass()])
    return node


def watched(path, key):
    """Return the syntax tree of a file in which each guard reports to two built-in functions.

    ``__passed__(key, number)`` when it is reached, ``__refused__`` when it stops somebody.
    """

    def change(kind, node, number, _stack):
        return _watch(kind, node, [ast.Constant(key), ast.Constant(number)])

    return ast.fix_missing_locations(Walk(change).visit(parse(path)))


def _watch(kind, node, place):
    def tell(name, *more):
        return ast.Call(ast.Name(name, ast.Load()), [*place, *more], [])

    passed, refused = ast.Expr(tell("__passed__")), ast.Expr(tell("__refused__"))
    if kind == "if":
        node.test = tell("__judged__", node.test, ast.Constant(True))
    elif kind == "question":
        return tell("__judged__", node, ast.Constant(False))
    elif kind == "sentence":
        node.body = [refused, *node.body]
    elif kind == "raise":
        return ast.If(ast.Constant(True), [refused, node], [])
    else:
        body = node.body if kind == "method" else [node]
        handler = ast.ExceptHandler(
            ast.Name("BaseException", ast.Load()), None, [refused, ast.Raise()]
        )
        attempt = ast.Try([passed, *body], [handler], [], [])
        if kind == "call":
            return attempt
        node.body = [attempt]
    return node
