"""The columns of a resource as an editor chooses them: grouped, with readable labels."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from culturecoop.languages import EU_LANGUAGES, language_name
from culturecoop.sheets.columns import ChoiceWidget, CodesWidget, DateWidget, ListWidget

#: What the columns in several languages are called, before the language.
IN_LANGUAGES = ("title", "official_title", "summary", "line", "wording", "name")
DATE, CHOICE, NAMES, SLUG, TEXT = "date", "choice", "names", "slug", "text"


@dataclass
class Target:
    """One of our columns; `choices` are (code, label) where it takes only some words.

    `several`: whether it takes several codes.
    """

    name: str
    label: str
    kind: str
    choices: list
    several: bool


class Targets:
    """The columns of a resource (an instance); `languages` are those offered for texts."""

    def __init__(self, resource, languages=()):
        self.resource = resource
        self.named = set(resource.named_columns())
        offered = [code for code, _label in settings.LANGUAGES]
        self.languages = [code for code in EU_LANGUAGES if code in {*offered, *languages}]
        self._known = {}

    def find(self, name):
        """Return the Target, None when the resource has no such column."""
        if name not in self._known:
            column = self.resource.column(name)
            self._known[name] = column and Target(
                name,
                label(name, column),
                self._kind(name, column),
                choices(column.widget),
                several=isinstance(column.widget, CodesWidget),
            )
        return self._known[name]

    @cached_property
    def choices(self):
        """What can be chosen, grouped, after the choice to leave a heading out."""
        names = [column.column_name for column in self.resource.fields.values()]
        plain = [self.find(name) for name in names if name not in ("base", "key")]
        groups = [
            (_("Identity and facts"), [t for t in plain if t.kind != DATE]),
            (_("Dates"), [t for t in plain if t.kind == DATE]),
        ]
        for code in self.languages:
            names = [f"{part}_{code}" for part in IN_LANGUAGES]
            texts = [target for name in names if (target := self.find(name))]
            label = _("Texts in %(language)s") % {"language": language_name(code)}
            groups.append((label, texts))
        labelled = [(group, [(t.name, f"{t.label} ({t.name})") for t in targets])
                    for group, targets in groups if targets]  # fmt: skip
        return [("", _("left out")), *labelled]

    @cached_property
    def options(self):
        """The choices as HTML with none of them chosen: a wide sheet has hundreds of selects."""
        return render_to_string("admin/spreadsheets/targets.html", {"choices": self.choices})

    @cached_property
    def offered(self):
        """The names among the choices."""
        return {name for _group, choices in self.choices[1:] for name, _label in choices}

    def further_languages(self):
        """Return [(code, label)] of the languages whose texts are not offered yet."""
        if not any(self.find(f"{part}_en") for part in IN_LANGUAGES):
            return []
        left = (code for code in EU_LANGUAGES if code not in self.languages)
        return [(code, capfirst(language_name(code))) for code in left]

    def _kind(self, name, column):
        if name in self.named:
            return NAMES
        if isinstance(column.widget, DateWidget):
            return DATE
        if isinstance(column.widget, ChoiceWidget | CodesWidget | ListWidget):
            return CHOICE
        is_slug = getattr(column.widget.field, "name", "") == "slug"
        return SLUG if is_slug else TEXT


def label(name, column):
    """Return a readable name of a column, in the language of the reader."""
    part, _underline, language = name.rpartition("_")
    if part in IN_LANGUAGES and language in EU_LANGUAGES:
        return f"{_phrase(part)} ({language})"
    verbose = getattr(column.widget.field, "verbose_name", "")
    return capfirst(str(verbose)) if verbose else _phrase(name)


def choices(widget):
    """Return [(code, label)] of the words that a column takes, [] when it takes any."""
    if isinstance(widget, ChoiceWidget):
        return [(str(code), str(label)) for code, label in widget.field.flatchoices]
    if isinstance(widget, CodesWidget):
        return [(code, code) for code in sorted(widget.known())]
    return []


def _phrase(name):
    # The phrases are translated where models and choices use them too.
    return capfirst(_(name.replace("_", " ")))
