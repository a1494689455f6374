"""What readers would miss in the documents of a draft."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from culturecoop.editions.questions import Question
from culturecoop.editions.seen import moment
from culturecoop.texts import quoted


def documents_missed(draft, place_of):
    """Yield the Questions about documents of a draft of which readers see the title only.

    `place_of(document)` is the fragment of the draft's form where it is taken out.
    """
    rows = draft.documents_used()
    for rows_asked, ask in (
        ([row for row in rows if not row.files.all()], _bare),
        ([row for row in rows if is_kept_back(row)], _withdrawn),
    ):
        if rows_asked:
            yield replace(ask(rows_asked), place=place_of(rows_asked[0]))


def is_kept_back(document):
    """Whether it is withdrawn, or will be; by itself or with the last of its files."""
    withdrawn = document.withdrawn_at is not None
    return withdrawn or (bool(document.files.all()) and not document.newest_files())


def _bare(documents):
    titles = [quoted(document) for document in documents]
    return Question(
        "no_file",
        ngettext(
            "A document has neither a file nor an address, so readers see its title only: "
            "%(what)s.",
            "Documents have neither a file nor an address, so readers see their titles only: "
            "%(what)s.",
            len(titles),
        )
        % {"what": ", ".join(titles)},
        _("Documents have neither a file nor an address."),
    )


def _withdrawn(documents):
    titles = [_titled(document) for document in documents]
    return Question(
        "withdrawn_document",
        ngettext(
            "A document is withdrawn or will be; readers then see only its title: %(what)s.",
            "Documents are withdrawn or will be; readers then see only their titles: %(what)s.",
            len(titles),
        )
        % {"what": ", ".join(titles)},
        _("Documents are withdrawn or will be."),
        url=reverse("admin:documents_document_change", args=[documents[0].pk]),
    )


def _titled(document):
    if document.withdrawn_at is None or document.is_withdrawn:
        return quoted(document)
    words = {"what": quoted(document), "when": moment(document.withdrawn_at)}
    return _("%(what)s (on %(when)s)") % words
