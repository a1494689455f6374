"""Public functions of the typed rooms say what they take and return; mypy holds them to it."""

import ast
import tomllib

from django.conf import settings

ROOT = settings.BASE_DIR
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def modules():
    """Yield the files of the typed rooms."""
    for name in PROJECT["tool"]["mypy"]["files"]:
        place = ROOT / name
        yield from [place] if place.is_file() else sorted(place.rglob("*.py"))


def public_functions(node):
    """Yield the functions of a module and of its classes whose names are for others."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from public_functions(child)
        elif isinstance(child, ast.FunctionDef) and not child.name.startswith("_"):
            yield child


def untyped(function):
    """Return what of a function has no type: the names of its arguments, and "return"."""
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    names = [a.arg for a in arguments if a.annotation is None and a.arg not in ("self", "cls")]
    return names if function.returns is not None else [*names, "return"]


def test_the_rooms_are_there():
    assert len(list(modules())) > 10


def test_public_functions_are_typed():
    found = {
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}": missing
        for path in modules()
        for function in public_functions(ast.parse(path.read_text(encoding="utf-8")))
        if (missing := untyped(function))
    }
    assert found == {}
