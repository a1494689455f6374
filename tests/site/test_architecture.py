"""The house keeps its shape: arrows, sizes of files and functions, no word of one machine."""

import ast
import inspect
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.admin import site

ROOT = settings.BASE_DIR
FOLDERS = ("culturecoop", "agreements", "strategy", "tests", "bench", "soak", "fixtures")
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
CODE = [path for path in SOURCES if "migrations" not in path.parts]
TEXTS = {".py", ".md", ".html", ".css", ".js", ".toml", ".in", ".txt", ".sh", ".po", ""}


def project_files():
    """Every text file that is part of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        return SOURCES
    paths = (ROOT / line for line in listed.stdout.splitlines())
    return [path for path in paths if path.suffix in TEXTS and path.is_file()]


def functions(path):
    """(name, number of lines) of each function of a file, its docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            first = node.body[0]
            documented = ast.get_docstring(node) is not None
            told = first.end_lineno - first.lineno + 1 if documented else 0
            yield node.name, node.end_lineno - node.lineno + 1 - told


def test_imports_point_one_way():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def admin_classes():
    """Yield our classes that a registered admin or one of its inlines is made of."""
    admins = [type(one) for one in site._registry.values()]
    inlines = [inline for one in site._registry.values() for inline in one.inlines]
    for cls in {base for found in (*admins, *inlines) for base in found.__mro__}:
        if cls.__module__.startswith(("culturecoop.", "agreements.", "strategy.")):
            yield cls


def test_admin_classes_stay_small():
    """None is longer than 150 lines, or has more than three bases beside the ModelAdmin."""
    long = {c.__name__ for c in admin_classes() if len(inspect.getsourcelines(c)[0]) > 150}
    assert long == set()
    many = {
        c.__name__ for c in admin_classes()
        if len([b for b in c.__bases__ if b.__module__.partition(".")[0] != "django"]) > 3
    }  # fmt: skip
    assert many == set()


def test_building_blocks_never_import_an_app():
    """The contract above, said once more without the tool: also for imports inside functions."""
    site_wide = {ROOT / "culturecoop" / name for name in ("urls.py", "views.py", "settings.py")}
    pattern = re.compile(r"^\s*(from|import) (agreements|strategy)\b", re.MULTILINE)
    found = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "culturecoop").rglob("*.py")
        if path not in site_wide and pattern.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_file_is_two_things():
    """A file that passes 300 lines is two things."""
    styled = [*(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]
    templates = (ROOT / "templates").rglob("*.html")
    long = {
        str(path.relative_to(ROOT)): lines
        for path in [*CODE, *styled, *templates]
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 300
    }
    assert long == {}


def test_functions_stay_short():
    long = {
        f"{path.relative_to(ROOT)}:{name}": lines
        for path in CODE
        for name, lines in functions(path)
        if lines > 40
    }
    assert long == {}


def test_no_word_of_one_machine():
    """Nothing in the project knows where this copy of it lies."""
    places = [ROOT, ROOT.parent / "shared", Path.home(), Path(tempfile.gettempdir())]
    words = "|".join(re.escape(f"{place}/") for place in places)
    pattern = re.compile(rf"(?<![\w.:/])({words})")
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in project_files()
        if (match := pattern.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_everything_that_runs_it_is_pinned_with_a_hash():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        packages = re.split(r"\n(?=\S)", text.strip())
        pins = [package for package in packages if not package.startswith("#")]
        assert pins
        assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []
