"""Templates read like templates; styles and scripts say in their first line what they are for."""

import re

from .test_architecture import ROOT

WIDTH = 120
PLACES = ("templates", "static", "culturecoop", "agreements", "strategy")


def files(folder, *suffixes):
    """Return the files of the project below any folder of this name."""
    found = [path for place in PLACES for path in (ROOT / place).rglob("*")]
    return sorted(
        path for path in found if path.suffix in suffixes and folder in path.relative_to(ROOT).parts
    )


def test_lines_of_templates_fit_a_window():
    templates = files("templates", ".html", ".txt", ".xml")
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in templates
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > WIDTH
    ]
    assert templates
    assert long == []


def test_styles_and_scripts_say_what_they_are_for():
    opening = re.compile(r"(/\*|//) [A-Z]\w*\b.* \w+")
    written = files("static", ".css", ".js")
    silent = [
        str(path.relative_to(ROOT))
        for path in written
        if not opening.match(path.read_text(encoding="utf-8"))
    ]
    assert written
    assert silent == []
