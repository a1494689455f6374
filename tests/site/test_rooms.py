"""The rooms of the house: the picture in docs/architecture.md shows every arrow between them.

A room is an app, or a folder of `culturecoop/`. The modules beside these folders are two rooms:
those that know the whole site are `site`, the others `basics`, which everything may import.
"""

import ast
import re
from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter

from django.conf import settings

ROOT = settings.BASE_DIR
APPS = ("agreements", "strategy")
SITE = {"admin", "apps", "management", "settings", "staticfiles", "urls", "views", "wsgi"}
#: The most that one room may have of all lines, in percent.
SHARE, SHARE_OF_AGREEMENTS = 20, 25


@cache
def modules():
    """{dotted name: path} of the modules of the house, without migrations."""
    paths = [p for top in ("culturecoop", *APPS) for p in sorted((ROOT / top).rglob("*.py"))]
    return {_name(path): path for path in paths if "migrations" not in path.parts}


def _name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports():
    """{module: the modules of the house that it imports, also inside functions}."""
    return {name: set(_imported(name, path)) - {name} for name, path in modules().items()}


def _imported(name, path):
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found = [f"{base}.{alias.name}" for alias in node.names]
            yield from (full if full in modules() else base for full in found)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def room(module):
    """The room that a module stands in."""
    top, _dot, rest = module.partition(".")
    if top in APPS:
        return top
    first = rest.partition(".")[0]
    if first in SITE:
        return "site"
    is_folder = (ROOT / top / first).is_dir() and first not in ("", "templatetags", "formats")
    return first if is_folder else "basics"


def arrows():
    """{room: the rooms that it imports}, without the basics."""
    found = defaultdict(set)
    for module, imported in imports().items():
        found[room(module)] |= {room(other) for other in imported if other in modules()}
    return {name: others - {name, "basics"} for name, others in found.items() if name != "basics"}


def drawn():
    """The same as the picture in the documentation shows it: `a --> b & c` in each line."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    picture = re.search(r"```mermaid\n(.*?)```", text, re.DOTALL)[1]
    lines = re.findall(r"^ *(\w+)(?: --> ([\w &]+))?$", picture, re.MULTILINE)
    return {name: set(others.split(" & ")) - {""} for name, others in lines if name != "flowchart"}


def circle(graph):
    """The modules of a circle, [] when there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_the_picture_shows_every_arrow_and_no_other():
    assert drawn() == arrows()


def test_the_basics_know_no_room():
    known = {
        module: outside
        for module, imported in imports().items()
        if room(module) == "basics"
        and (outside := {other for other in imported if room(other) not in ("basics",)})
        and any(other in modules() for other in outside)
    }
    assert known == {}


def test_no_circle_of_rooms():
    assert circle(arrows()) == []


def test_no_circle_of_modules():
    """Also none that only an import inside a function keeps from failing."""
    parts = {name: {o for o in found if o in modules()} for name, found in imports().items()}
    assert circle(parts) == []


def test_no_room_holds_the_rest():
    lines = defaultdict(int)
    for name, path in modules().items():
        lines[room(name)] += path.read_text(encoding="utf-8").count("\n")
    share = {name: 100 * number / sum(lines.values()) for name, number in lines.items()}
    most = defaultdict(lambda: SHARE, agreements=SHARE_OF_AGREEMENTS)
    assert {name: round(part, 1) for name, part in share.items() if part > most[name]} == {}
