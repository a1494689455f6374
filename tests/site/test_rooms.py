"""The rooms of the house: the picture in docs/architecture.md shows every arrow between them.

A room is an app, or a folder of `culturecoop/`. The modules beside these folders are two rooms:
those that know the whole site are `site`, the others `basics`, which everything may import.
"""

import re
from collections import defaultdict
from functools import cache
from graphlib import TopologicalSorter

import grimp
from django.conf import settings

ROOT = settings.BASE_DIR
APPS = ("agreements", "strategy")
SITE = {"admin", "apps", "desk", "management", "settings", "staticfiles", "urls", "views", "wsgi"}
#: The most that one room may have of all lines, in percent.
SHARE, SHARE_OF_AGREEMENTS = 20, 25


@cache
def imports():
    """Return {module: the modules of the house that it imports, also inside functions}."""
    graph = grimp.build_graph("culturecoop", *APPS, cache_dir=None)
    modules = [name for name in graph.modules if ".migrations" not in name]
    return {name: graph.find_modules_directly_imported_by(name) for name in modules}


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
    """Return {room: the rooms that it imports}, without the basics."""
    found = defaultdict(set)
    for module, imported in imports().items():
        found[room(module)] |= {room(other) for other in imported}
    return {name: others - {name, "basics"} for name, others in found.items() if name != "basics"}


def drawn():
    """The same as the picture in the documentation shows it: `a --> b & c` in each line."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    picture = re.search(r"```mermaid\n(.*?)```", text, re.DOTALL)[1]
    lines = re.findall(r"^ *(\w+)(?: --> ([\w &]+))?$", picture, re.MULTILINE)
    return {name: set(others.split(" & ")) - {""} for name, others in lines if name != "flowchart"}


def test_the_picture_shows_every_arrow_and_no_other():
    assert drawn() == arrows()


def test_the_basics_know_no_room():
    known = {
        f"{module} imports {other}"
        for module, imported in imports().items()
        for other in imported
        if room(module) == "basics" and room(other) != "basics"
    }
    assert known == set()


def test_no_circle_of_rooms():
    TopologicalSorter(arrows()).prepare()


def test_no_circle_of_modules():
    """Imports inside functions count, so that none hides a circle."""
    TopologicalSorter(imports()).prepare()


def test_no_room_holds_the_rest():
    lines = defaultdict(int)
    for name in imports():
        place = ROOT / name.replace(".", "/")
        path = place.with_suffix(".py") if not place.is_dir() else place / "__init__.py"
        lines[room(name)] += path.read_text(encoding="utf-8").count("\n")
    share = {name: 100 * number / sum(lines.values()) for name, number in lines.items()}
    most = defaultdict(lambda: SHARE, agreements=SHARE_OF_AGREEMENTS)
    assert {name: round(part, 1) for name, part in share.items() if part > most[name]} == {}
