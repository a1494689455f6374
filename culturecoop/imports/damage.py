"""What a spreadsheet program has done to a file, and how it is saved better.

`findings["seen"]` of a job counts the rows of each kind; the rows themselves say where.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class Damage(NamedTuple):
    """How many rows it was found in, and what to do about it."""

    found: str
    advice: str


TEXT_FIRST = _(
    "Give the column the format “Text” before numbers are typed or pasted; open a CSV file by "
    "“Data → From text”, and choose “Text” for the column."
)
#: {what is counted: (sentence, advice)}, the worst first.
KINDS = {
    "digits": (
        ngettext_lazy(
            "In %(rows)d row a number has lost digits.",
            "In %(rows)d rows numbers have lost digits.",
            "rows",
        ),
        TEXT_FIRST,
    ),
    "date": (
        ngettext_lazy(
            "In %(rows)d row a number or a name has become a date.",
            "In %(rows)d rows numbers or names have become dates.",
            "rows",
        ),
        TEXT_FIRST,
    ),
    "error": (
        ngettext_lazy(
            "%(rows)d row holds the error of a formula.",
            "%(rows)d rows hold errors of formulas.",
            "rows",
        ),
        _("Mend the formulas, or paste their values alone, widen narrow columns, and save again."),
    ),
    "formula": (
        ngettext_lazy(
            "%(rows)d row holds a formula without a stored result.",
            "%(rows)d rows hold formulas without a stored result.",
            "rows",
        ),
        _("Open the file in a spreadsheet program and save it there."),
    ),
    "merged": (
        ngettext_lazy(
            "%(rows)d row has merged cells, whose value stands in the first one alone.",
            "%(rows)d rows have merged cells, whose value stands in the first one alone.",
            "rows",
        ),
        _(
            "Choose with the columns what they mean, or split them in the file and write the value "
            "into each row."
        ),
    ),
    "hidden": (
        ngettext_lazy(
            "%(rows)d row is hidden in the file.",
            "%(rows)d rows are hidden in the file.",
            "rows",
        ),
        _(
            "Hidden rows are read like the others, unless you choose with the columns to leave "
            "them out."
        ),
    ),
    "struck": (
        ngettext_lazy(
            "In %(rows)d row something is struck out.",
            "In %(rows)d rows something is struck out.",
            "rows",
        ),
        _(
            "What is struck out is read like the rest, unless you choose with the columns to leave "
            "it out."
        ),
    ),
    "section": (
        ngettext_lazy(
            "%(rows)d row is the heading of a section: nothing is made of it.",
            "%(rows)d rows are headings of sections: nothing is made of them.",
            "rows",
        ),
        _("Write what it says into a column of its own, when it is to be kept."),
    ),
    "untitled": (
        ngettext_lazy(
            "%(rows)d row has no title: nothing is made of it.",
            "%(rows)d rows have no title: nothing is made of them.",
            "rows",
        ),
        _("Sums and remarks need not be removed."),
    ),
    "alone": (
        ngettext_lazy(
            "In %(rows)d row nothing but the title stands.",
            "In %(rows)d rows nothing but the title stands.",
            "rows",
        ),
        _("Remove the row from the file when it is a heading or a remark."),
    ),
    "invisible": (
        ngettext_lazy(
            "From %(rows)d row letters were taken that nobody sees.",
            "From %(rows)d rows letters were taken that nobody sees.",
            "rows",
        ),
        _("They come with text from web pages and PDF files: paste it without its format."),
    ),
}


def damage_of(job) -> list[Damage]:
    """Return what was found in the file of a job, the worst first."""
    seen = job.findings.get("seen", {})
    return [
        Damage(sentence % {"rows": seen[kind]}, str(advice))
        for kind, (sentence, advice) in KINDS.items()
        if seen.get(kind)
    ]
