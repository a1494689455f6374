"""The pages as readers see them."""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from culturecoop.clock import Reading, reading_of, reading_of_edition
from culturecoop.documents.serving import file_response
from culturecoop.editions.reading import (
    ReadersView,
    changes_of,
    list_of_editions,
    standing_at,
    undated,
    withdrawal_of,
    withdrawn,
)
from culturecoop.editions.savings import is_file_kept
from culturecoop.languages import site_language

from .blocks import Image
from .pages import PageEdition, for_reader
from .pictures import ORIGINALS, Picture, stored
from .presentation import PageContent
from .titles import Titles

IMAGE_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """What stands at an address now, for readers of one language."""

    edition: PageEdition
    content: PageContent | None  # what it says; None of a withdrawal
    languages: list[str]  # that it is live in
    outdated: bool  # a translation of what has changed since


def render_page(request, content, reading, **context):
    """What an edition of a page says, by the public template."""
    edition = content.edition
    foreign = _foreign(edition)
    return render(
        request,
        "strategy/page.html",
        {
            "edition": edition,
            "content": content,
            "titles": content.titles,
            "reading": reading,
            "here": edition.page.get_absolute_url(),
            "undated": undated(edition, reading),
            "foreign": foreign,
            "indexable": reading.indexable and not foreign,
            "changes": changes_of(edition, reading),
            **context,
        },
    )


def _foreign(edition):
    """Return the language of an edition, where it is not the reader's."""
    return edition.language if edition.language != get_language() else ""


def render_preview(request, edition, back=""):
    """An edition, a draft too, as it would be today, with a banner and the newest files.

    `back` is where the banner leads back to. Who may see it is the caller's matter.
    """
    with translation.override(site_language(edition.language)):
        reading = Reading(draft=True)
        content = PageContent(edition, reading)
        return render_page(request, content, reading, preview=back or True)


class PageView(ReadersView):
    """What readers see at an address now, in their language where there is one."""

    def get(self, request, path):
        reading = reading_of(request)
        stands = standing_at(request, reading, partial(_standing, path))
        if stands.content is None:
            return withdrawn(request, stands.edition)
        more = {"languages": stands.languages, "outdated": stands.outdated}
        return render_page(request, stands.content, reading, **more)


def _standing(path, reading):
    """Return the Standing of an address, or raise Http404."""
    found = PageEdition.objects.in_force().filter(page__path=path)
    found = list(found.select_related("page", "compiled"))  # of all languages
    edition = for_reader(found)
    if edition is None:
        raise Http404
    live = {row.language: row for row in found if not row.withdrawal}
    source = live.get(edition.page.source_language) if edition.is_translation else None
    return Standing(
        edition,
        None if edition.withdrawal else PageContent(edition, reading),
        [code for code in live if code in dict(settings.LANGUAGES)],
        source is not None and edition.wording_no < source.wording_no,
    )


class EditionsView(ReadersView):
    """All editions of a page that readers see or have seen, in the language that they are shown."""

    def get(self, request, path):
        in_force = PageEdition.objects.in_force().filter(page__path=path)
        standing = for_reader(in_force.select_related("page"))
        if standing is None:
            raise Http404
        context = {
            "title": _last_title(standing),
            "foreign": _foreign(standing),
            "titles": Titles(standing.page),
        }
        return list_of_editions(request, standing, **context)


def _last_title(standing):
    """Return the title of what stands now; of a withdrawal that of the edition before it."""
    if not standing.withdrawal:
        return standing.title
    last = standing.siblings().content().shown().order_by("-live_from").first()
    return last.title if last else str(standing.page)


class EditionView(ReadersView):
    """A published edition as readers saw it, with the files of its time."""

    def get(self, request, path, number):
        shown = PageEdition.objects.shown().select_related("page", "compiled")
        place = {"page__path": path, "language": get_language()}
        edition = get_object_or_404(shown, **place, number=number)
        if edition.withdrawal:
            return withdrawn(request, edition)
        reading = reading_of_edition(edition, request)
        content = PageContent(edition, reading)
        return render_page(request, content, reading, withdrawal=withdrawal_of(edition))


@require_safe
def image(request, name, width=None):
    """The picture of a page that readers see or have seen; editors see those of drafts too.

    To drafts belong their savings. It is what was made of the file: of a `width`, else what any
    browser shows. Nobody gets the file itself, once something was made of it.
    """
    editor = request.user.has_perm("strategy.view_pageedition")
    images = Image.objects.filter(file=f"{ORIGINALS}{name}")
    if not editor:
        images = images.filter(parent__live_from__lte=timezone.now())
    found = images.exists() or (editor and is_file_kept(f"{ORIGINALS}{name}"))
    picture = found and Picture.objects.filter(pk=f"{ORIGINALS}{name}").first()
    original = found and width is None and stored(f"{ORIGINALS}{name}")
    file = picture.file(width) if picture else original
    if not file:
        raise Http404
    response = _picture_response(request, file, name.rpartition("/")[2].rpartition(".")[0])
    response.headers["Cache-Control"] = f"{'private' if editor else 'public'}, max-age=86400"
    if not editor:  # what readers see, other sites may show too
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _picture_response(request, file, stem):
    extension = file.name.rpartition(".")[2]
    return file_response(
        request,
        file,
        media_type=IMAGE_TYPES.get(extension.lower(), "application/octet-stream"),
        download_name=f"{stem}.{extension}",
        etag=file.name,  # the storage never gives a name twice
    )
