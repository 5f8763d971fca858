"""The parts of a Python module: bodies of functions, values of constants, and all that is left."""

import ast
from collections.abc import Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module:
    """A module taken apart.

    One that Python cannot read, or that gives a name twice, is nothing but its source.
    """

    def __init__(self, source: str) -> None:
        """Read it."""
        self.functions: dict[str, Function] = {}
        self.constants: dict[str, ast.expr] = {}
        self.names: set[str] = set()
        self.statements: list[ast.stmt] = []
        self.rest = source
        try:
            tree = ast.parse(source)
        except SyntaxError:
            return
        self.statements = list(_statements(tree))
        functions, constants = list(_functions(tree, "")), list(_constants(tree))
        given = [name for name, _ in (*functions, *constants)]
        if len(set(given)) < len(given):
            return
        self.functions, self.constants = dict(functions), dict(constants)
        stripped = _strip(ast.parse(source))
        self.rest = ast.dump(stripped)
        self.names = names([stripped])

    def made_of(self, constants: set[str]) -> set[str]:
        """Return these constants and all that are made of them."""
        made = {name for name, value in self.constants.items() if names([value]) & constants}
        return self.made_of(constants | made) if made - constants else constants

    def users(self, constants: set[str]) -> set[str] | None:
        """Return the functions that use the constants; None where the rest does."""
        if self.names & constants:
            return None
        return {name for name, node in self.functions.items() if names(node.body) & constants}


def names(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names that are read anywhere in some code."""
    return {
        inner.id
        for node in nodes
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
    }


def differing(old: dict[str, Function], new: dict[str, Function]) -> set[str]:
    """Return the functions of both whose bodies do not do the same; comments do nothing."""
    return {
        name
        for name in old.keys() & new.keys()
        if [ast.dump(node) for node in old[name].body]
        != [ast.dump(node) for node in new[name].body]
    }


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield all but classes: what is in a class is a statement of its own, or is never executed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not isinstance(node, ast.ClassDef):
            yield node


def _functions(node: ast.AST, place: str) -> Iterator[tuple[str, Function]]:
    """Yield functions and methods; what is within a function belongs to its body."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield f"{place}{child.name}", child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{place}{child.name}.")


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value


def _strip(tree: ast.Module) -> ast.Module:
    """Take out the bodies of functions and the values of constants."""
    for _, function in _functions(tree, ""):
        function.body = []
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name()]):
                node.value = ast.Constant(None)
    return tree
