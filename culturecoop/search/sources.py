"""What can be found: each kind of thing says its words, and how a result of it is shown.

Apps register theirs in a module called `searching`, as their sheets in `resources`.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.db import models

from culturecoop.editions.models import Edition

from .words import Content, Passage


@dataclass(frozen=True)
class Span:
    """Something that readers see, or will, and from when to when."""

    object_id: int
    identity_id: int
    language: str
    live_from: datetime.datetime
    live_until: datetime.datetime | None


@dataclass(frozen=True)
class Result:
    """Something that was found, as readers see it. `passages` are its texts, the best first."""

    title: str
    language: str
    url: str
    url_language: str = ""  # where the address is that of another language of the site
    kind: str = ""  # where it is more than the source says
    about: str = ""  # what tells it from others of the same title
    part_of: list[Passage] = field(default_factory=list)  # the titles of what it belongs to
    passages: list[Passage] = field(default_factory=list)


class Source:
    """A kind of thing that can be found. `model` is what rows are about: editions, files."""

    name: ClassVar[str]
    label: ClassVar[Any]
    order: ClassVar[int]  # of things that fit as well
    model: ClassVar[type[models.Model]]
    identity_model: ClassVar[type[models.Model]]
    #: Whether the words of a row can change: not those of an edition.
    changes = False
    #: Whether its texts give words for near spellings; titles always do.
    suggests = True

    def spans(self, identities: Collection[int]) -> Iterable[Span]:
        """Return the Spans of what readers see, or will, of these identities (ids)."""
        raise NotImplementedError

    def prepare(self, identities: Collection[int]) -> None:
        """Make what the words of identities are read from, before all is made anew."""

    def contents(self, pks: Collection[int], read: Collection[Any] = ()) -> Mapping[int, Content]:
        """Return {id: Content} of rows of `model`, in a fixed number of queries.

        Those that were `read` need not be read again: see `rows_as_read`.
        """
        raise NotImplementedError

    def results(self, pks: Collection[int]) -> Mapping[int, Result]:
        """Return {id: Result} of rows of `model` in a fixed number of queries."""
        raise NotImplementedError


class EditionSource(Source):
    """A kind of thing that has editions: each that is live or scheduled is a row."""

    model: ClassVar[type[Edition]]

    def spans(self, identities: Collection[int]) -> Iterable[Span]:
        identity, *others = self.model.track_fields
        editions = self.model.objects.content().lasting()
        columns = ("pk", f"{identity}_id", "live_from", "live_until", *others)
        found = editions.filter(**{f"{identity}__in": identities}).order_by("live_from", "pk")
        for pk, identity_id, live_from, live_until, *language in found.values_list(*columns):
            yield Span(pk, identity_id, language[0] if language else "", live_from, live_until)


_sources: dict[str, Source] = {}


def register(source: type[Source]) -> type[Source]:
    """Make a source known under its `name`; a class decorator."""
    _sources[source.name] = source()
    return source


def sources() -> list[Source]:
    """Return all sources, in their order."""
    return sorted(_sources.values(), key=lambda source: source.order)


def source_named(name: str) -> Source:
    """Return the source of rows of this kind."""
    return _sources[name]


def source_of(model: type[models.Model]) -> Source | None:
    """Return the source whose rows are about a model, or None."""
    return next((source for source in _sources.values() if source.model is model), None)
