"""The page of a document, and its files.

What was published can be withdrawn at any time, so nobody keeps a file without asking again.
"""

from functools import partial

from django.conf import settings
from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from culturecoop.clock import Reading
from culturecoop.editions.changes import kept, one_stamp
from culturecoop.publicpages import public_page

from .lines import document_line
from .models import Document, DocumentFile
from .serving import file_response
from .usage import told_apart, uses_of


@public_page
@require_safe
@one_stamp()
def document(request, slug):
    """What the document is, and each of its language files."""
    files = Prefetch("files", DocumentFile.objects.public())
    found = get_object_or_404(Document.objects.prefetch_related(files), slug=slug)
    line = document_line(found, Reading())
    if line.is_withdrawn:
        return _gone(request, line.withdrawal)
    if not line.files:
        raise Http404
    uses = kept(f"uses {get_language()} {found.pk}", partial(_uses, found))
    context = {
        "line": line,
        "shown": found,
        "title": told_apart(line.title, line.title_language, uses),
        "uses": uses,
        "languages": [f.language for f in line.files if f.language in dict(settings.LANGUAGES)],
        "indexable": True,
    }
    return render(request, "documents/document.html", context)


@require_safe
def file(request, slug, language):
    """The current file of a language, at an address that stays the same."""
    files = DocumentFile.objects.public().filter(document__slug=slug, language=language)
    found = files.select_related("document").order_by("-live_from").first()
    if found is None:
        raise Http404
    return _published(request, found)


@require_safe
def dated_file(request, slug, language, pk):
    """Just this file, also when a newer one has taken its place; editors also see new ones."""
    files = DocumentFile.objects.filter(pk=pk, language=language, document__slug=slug)
    found = files.public().select_related("document").first()
    if found:
        return _published(request, found)
    # Who asks is looked at first: so what is not public answers just as what never was.
    if not request.user.has_perm("documents.view_documentfile"):
        raise Http404
    return _answer(
        request, get_object_or_404(files.select_related("document")), "private, no-store"
    )


def _uses(document):
    return uses_of([document], timezone.now())[document.pk]


def _gone(request, withdrawn):
    """410 with the reason; `withdrawn` is a document or a file."""
    withdrawal = {"live_from": withdrawn.withdrawn_at, "reason": withdrawn.withdrawal_reason}
    response = render(request, "withdrawn.html", {"withdrawal": withdrawal}, status=410)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _published(request, found):
    if found.withdrawal:
        return _gone(request, found.withdrawal)
    return _answer(request, found, "no-cache")


def _answer(request, found, cache_control):
    if found.address:
        response = HttpResponseRedirect(found.address)
    else:
        response = file_response(
            request,
            found.file,
            media_type=found.media_type,
            download_name=f"{found.document.slug}-{found.language}.{found.extension}",
            etag=found.sha256,
            last_modified=found.live_from or found.added_at,
        )
    response.headers["Cache-Control"] = cache_control
    if "private" not in cache_control:  # other sites may show it too
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Content-Language"] = found.language
    return response
