"""Put other code into functions that Odoo has loaded already, and take it out again."""

import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import CodeType, FunctionType

from odoo.orm.models import MetaModel

from workbench import paths

PACKAGE = f"odoo.addons.{paths.ADDON}"


def _within(path):
    real = Path(path).resolve()
    return str(real.relative_to(paths.ROOT)) if real.is_relative_to(paths.ROOT) else None


def _plain(thing):
    """Return the function inside a decorated method, a property or a class method."""
    if type(thing) is property:
        thing = thing.fget
    elif type(thing) in (classmethod, staticmethod):
        thing = thing.__func__
    while type(thing) is FunctionType and hasattr(thing, "__wrapped__"):
        thing = thing.__wrapped__
    return thing if type(thing) is FunctionType else None


def live_functions():
    """Return {(file, first line): functions} of all that the addon defines."""
    modules = [module for name, module in sys.modules.items() if name.startswith(PACKAGE)]
    holders = [*modules, *MetaModel._module_to_models__[paths.ADDON]]
    holders += [
        thing
        for module in modules
        for thing in vars(module).values()
        if isinstance(thing, type) and thing.__module__.startswith(PACKAGE)
    ]
    found = {}
    for holder in holders:
        for thing in list(vars(holder).values()):
            function = _plain(thing)
            if function and (path := _within(function.__code__.co_filename)):
                place = path, function.__code__.co_firstlineno
                if function not in found.setdefault(place, []):
                    found[place].append(function)
    return found


def code_in(tree, path):
    """Return {first line: code} of the functions and methods in a changed file."""
    found = {}

    def collect(code):
        for inner in code.co_consts:
            # a lambda in a decorator begins on the line of the method itself
            if isinstance(inner, CodeType) and inner.co_name != "<lambda>":
                found.setdefault(inner.co_firstlineno, inner)
                collect(inner)

    collect(compile(tree, str(paths.ROOT / path), "exec"))
    return found


@contextmanager
def swapped(pairs):
    """Run these functions with other code: pairs of a function and its code."""
    with ExitStack() as stack:
        for function, code in pairs:
            stack.callback(setattr, function, "__code__", function.__code__)
            function.__code__ = code
        yield
