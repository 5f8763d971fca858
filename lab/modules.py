"""The parts of a Python module: bodies of functions, values of constants, and the rest."""

import ast
from collections.abc import Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Module:
    """The parsed source of a module.

    If Python cannot parse it, or if it defines a name twice, the whole source is its `rest`.
    """

    def __init__(self, source: str) -> None:
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
        defined = [name for name, _ in (*functions, *constants)]
        if len(set(defined)) < len(defined):
            return
        self.functions, self.constants = dict(functions), dict(constants)
        stripped = _strip(ast.parse(source))
        self.rest = ast.dump(stripped)
        self.names = names([stripped])

    def derived_from(self, constants: set[str]) -> set[str]:
        """Return these constants and all whose values are computed from them."""
        derived = {name for name, value in self.constants.items() if names([value]) & constants}
        return self.derived_from(constants | derived) if derived - constants else constants

    def users(self, constants: set[str]) -> set[str] | None:
        """Return the functions that use the constants; None if the rest of the module does."""
        if self.names & constants:
            return None
        return {name for name, node in self.functions.items() if names(node.body) & constants}


def names(nodes: Iterable[ast.AST]) -> set[str]:
    """Return the names that the code reads."""
    return {
        inner.id
        for node in nodes
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)
    }


def differing(old: dict[str, Function], new: dict[str, Function]) -> set[str]:
    """Return the functions whose bodies differ by more than comments and layout."""
    return {
        name
        for name in old.keys() & new.keys()
        if [ast.dump(node) for node in old[name].body]
        != [ast.dump(node) for node in new[name].body]
    }


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield every statement but classes, whose contents are statements of their own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not isinstance(node, ast.ClassDef):
            yield node


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, Function]]:
    """Yield functions and methods; a nested function belongs to the body around it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield f"{prefix}{child.name}", child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")


def _constants(tree: ast.Module) -> Iterator[tuple[str, ast.expr]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield name, value


def _strip(tree: ast.Module) -> ast.Module:
    """Remove the bodies of functions and the values of constants."""
    for _, function in _functions(tree, ""):
        function.body = []
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name()]):
                node.value = ast.Constant(None)
    return tree
