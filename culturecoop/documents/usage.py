"""Where a document is used. The apps register what they know; this block knows no app."""

from django.db import models
from django.utils.translation import get_language

from .models import Document

FINDERS = []


def finder(function):
    """Register `function(document) → a queryset of editions that point to it`."""
    FINDERS.append(function)
    return function


def next_use(document, besides, fits=lambda _edition: True):
    """When the first scheduled edition that uses a document begins, or None.

    `besides` is left out, and what does not fit.
    """
    moments = []
    for function in FINDERS:
        found = function(document).scheduled()
        if found.model is type(besides):
            found = found.exclude(pk=besides.pk)
        moments += [edition.live_from for edition in found.distinct() if fits(edition)]
    return min(moments, default=None)


def editions_using(document):
    """What readers see or are about to see of it: one edition an identity and language."""
    for function in FINDERS:
        found = function(document)
        identity = found.model.track_fields[0]
        current = found.model.objects.current_for_editor() | found.model.objects.in_force()
        rows = found.filter(pk__in=current.values("pk")).select_related(identity)
        yield from rows.distinct().order_by("pk")


def uses_of(documents, at):
    """Return {document id: the live editions that use it}, in a fixed number of queries.

    Of an identity it is one edition: in the reader's language, where there is one.
    """
    found = {document.pk: {} for document in documents}
    for function in FINDERS if documents else ():
        pairs = _uses(function, documents, at)
        editions = _with_titles(pairs)
        for document, pk in sorted(pairs):
            edition, uses = editions[pk], found[document]
            if edition.identity not in uses or edition.heading_language == get_language():
                uses[edition.identity] = edition
    return {document: list(uses.values()) for document, uses in found.items()}


def told_apart(title, language, uses):
    """Return a title of a document, with what the only one that uses it has to tell it apart."""
    found = {use.tell_apart(title, language) for use in uses} - {title}
    return found.pop() if len(found) == 1 else title


def _uses(function, documents, at):
    """Return the query of the (document id, edition id) that a finder knows to be live."""
    first, *others = (
        found.live(at).order_by().prefetch_related(None).values_list(models.Value(pk), "pk")
        for pk, found in ((document.pk, function(document)) for document in documents)
    )
    return first.union(*others)


def _with_titles(pairs):
    """Return {id: edition} of the editions in pairs, with what their titles are read from."""
    editions = pairs.model.objects.filter(pk__in={pk for _document, pk in pairs}).with_titles()
    return editions.select_related(editions.model.track_fields[0]).in_bulk()


def is_published(document):
    """Whether readers see its title in an edition, have seen it or will."""
    return any(function(document).content().published().exists() for function in FINDERS)


def documents_of_nothing_else(edition):
    """The public documents of `edition` that no other live or scheduled edition uses.

    Other editions of its own identity and language do not count: they go when it is withdrawn.
    """
    documents = Document.objects.filter(pk__in=edition.document_ids()).public()
    return [
        document
        for document in documents
        if not any(_seen_besides(find(document), edition).exists() for find in FINDERS)
    ]


def _seen_besides(found, edition):
    """Return those of `found` that readers see or will see, without the track of `edition`."""
    seen = found.content().lasting()
    if found.model is type(edition):
        seen = seen.exclude(pk__in=edition.siblings().values("pk"))
    return seen
