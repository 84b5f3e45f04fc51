"""Values held against the parameters of Stripe's current client, as its annotations type them."""

import ast
from functools import cache
from typing import Any

from tests.fakes.stripe_parts.errors import (
    StripeFault,
    inside,
    invalid,
    missing_parameter,
    unknown_parameter,
)
from tests.fakes.stripe_parts.plain import check_boolean, check_object, check_whole

Types = dict[str, dict[str, str]]
"""By name of a typed dictionary: its keys, and the annotation of each."""

TEXT = {"str", "float", "Decimal"}


def check_typed(types: Types, name: str, value: Any, at: str = "") -> None:
    """Raise what Stripe would answer to a value that is not of the type of this name."""
    check_object(value, at)
    fields = types[name]
    for key in value:
        if key not in fields:
            raise unknown_parameter(inside(at, key))
    for key, annotation in fields.items():
        if key in value:
            _Check(types, value[key], inside(at, key)).against(_tree(annotation))
        elif not annotation.startswith("NotRequired"):
            raise missing_parameter(inside(at, key))


@cache
def _tree(annotation: str) -> ast.expr:
    return ast.parse(annotation, mode="eval").body


class _Check:
    """One value, held against one annotation after the other."""

    def __init__(self, types: Types, value: Any, at: str) -> None:
        self._types = types
        self._value = value
        self._at = at

    def against(self, node: ast.expr) -> None:
        if isinstance(node, ast.Constant):  # an annotation in quotes
            self.against(_tree(str(node.value)))
        elif isinstance(node, ast.Name):
            self._against_name(node.id)
        elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            self._against_generic(node.value.id, node)
        else:
            self._against_choices(_choices(node))

    def _against_name(self, name: str) -> None:
        if name in self._types:
            check_typed(self._types, name, self._value, self._at)
        elif name == "int":
            check_whole(self._value, self._at)
        elif name == "bool":
            check_boolean(self._value, self._at)
        elif name not in TEXT:
            raise NotImplementedError(name)
        elif not isinstance(self._value, str):
            raise invalid(self._at, f"Invalid string: {self._at}")

    def _against_generic(self, name: str, node: ast.Subscript) -> None:
        match name:
            case "NotRequired":
                self.against(node.slice)
            case "List":
                self._against_list(node.slice)
            case "Dict" | "UntypedStripeObject":
                check_object(self._value, self._at)
            case "Literal":
                allowed = _literals(node)
                if self._value not in allowed:
                    raise invalid(self._at, f"Invalid {self._at}: must be one of {allowed}")
            case _:
                self._against_choices(_choices(node))

    def _against_list(self, of: ast.expr) -> None:
        if not isinstance(self._value, list):
            raise invalid(self._at, f"Invalid array: {self._at}")
        for number, one in enumerate(self._value):
            _Check(self._types, one, inside(self._at, number)).against(of)

    def _against_choices(self, choices: list[ast.expr]) -> None:
        # "Literal[...]|str" lets a client know of values to come; the server knows only these.
        closed = any(isinstance(one, ast.Subscript) and any(_literals(one)) for one in choices)
        faults = []
        for one in choices:
            if closed and isinstance(one, ast.Name) and one.id == "str":
                continue
            try:
                self.against(one)
            except StripeFault as fault:
                faults.append(fault)
            else:
                return
        raise faults[-1]


def _choices(node: ast.expr) -> list[ast.expr]:
    match node:
        case ast.Constant(value=str() as quoted):
            return _choices(_tree(quoted))
        case ast.BinOp(left=left, right=right):
            return _choices(left) + _choices(right)
        case ast.Subscript(value=ast.Name(id="Union"), slice=ast.Tuple(elts=parts)):
            return [choice for part in parts for choice in _choices(part)]
        case _:
            return [node]


def _literals(node: ast.Subscript) -> list[str]:
    if not (isinstance(node.value, ast.Name) and node.value.id == "Literal"):
        return []
    inner = node.slice
    listed = inner.elts if isinstance(inner, ast.Tuple) else [inner]
    return [str(one.value) for one in listed if isinstance(one, ast.Constant)]
