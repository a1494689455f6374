"""The home page and the register against the plainest code that gives the same information.

The plain code reads the same rows with `values()` and joins them into a string of HTML: no
middleware, no template, no form, no translation.
"""

from django.db.models import Count, Exists, OuterRef, Q
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from agreements.models import AgreementEdition, AgreementParty, AgreementText, Event, Party, Theme
from culturecoop.documents.models import DocumentFile
from strategy.blocks import BLOCKS, AgreementList
from strategy.models import Page, PageEdition

from .measuring import measure

PAGE, LINES = 25, 20
LIMIT = 6  # ours, not a bar of the design: about twice what was measured when it was set
FILTERS = {"status": "in_force", "party": "FR"}
WORDS = {"words": "cultural"}


def bench_pages():
    client = Client()

    def get(path, **query):
        response = client.get(path, query)
        assert response.status_code == 200, (path, response.status_code)
        return response.content

    yield measure("home page", lambda: get("/"), plain_home, limit=LIMIT)
    yield measure("register list", lambda: get("/agreements/"), plain_register, limit=LIMIT)
    yield measure(
        "register list, status and party",
        lambda: get("/agreements/", **FILTERS),
        lambda: plain_register(**FILTERS),
        limit=LIMIT,
    )
    yield measure(
        "register list, words",
        lambda: get("/agreements/", **WORDS),
        lambda: plain_register(**WORDS),
        limit=LIMIT,
    )


def standing(day):
    """Live editions joined with the stored period of a day."""
    return AgreementEdition.objects.live().filter(
        Q(periods__until__isnull=True) | Q(periods__until__gt=day),
        periods__party=None,
        periods__since__lte=day,
    )


def plain_register(status="", party="", words=""):
    found = standing(timezone.localdate())
    if party:
        sides = AgreementParty.objects.filter(edition=OuterRef("pk"), party__code=party)
        found = found.filter(Exists(sides))
    for word in words.split():
        texts = AgreementText.objects.filter(edition=OuterRef("pk"), title__icontains=word)
        found = found.filter(Exists(texts))
    counts = list(found.values_list("periods__status").annotate(Count("pk")))
    if status:
        found = found.filter(periods__status=status)
    rows = found.order_by("-periods__since", "agreement__slug").values(
        "pk", "kind", "agreement__slug", "periods__status", "periods__since"
    )[:PAGE]
    return joined(counts, with_texts_and_parties(list(rows)), choices())


def choices():
    """What the form of the register offers."""
    sides = AgreementParty.objects.filter(party=OuterRef("pk"))
    parties = Party.objects.filter(Exists(sides)).values_list("code", "name")
    return [*parties, *Theme.objects.values_list("slug", "name")]


def with_texts_and_parties(rows):
    """Add the texts, events and parties of editions to their rows."""
    pks = [row["pk"] for row in rows]
    texts = AgreementText.objects.filter(edition__in=pks).values("edition", "title", "line")
    sides = AgreementParty.objects.filter(edition__in=pks)
    parties = sides.values_list("edition", "party__code", "party__name")
    events = Event.objects.filter(edition__in=pks).values_list("edition", "kind", "date")
    return [*rows, *texts, *parties, *events]


def plain_home():
    live = PageEdition.objects.live().filter(page__path="")
    edition = live.values("pk", "title", "lead").get()
    blocks = [
        row for model in BLOCKS for row in model.objects.filter(parent=edition["pk"]).values()
    ]
    theme = AgreementList.objects.filter(parent=edition["pk"]).values_list("theme")[:1]
    found = standing(timezone.localdate()).filter(themes__in=theme).order_by("agreement__slug")
    rows = list(found.values("pk", "agreement__slug", "periods__status", "periods__since")[:LINES])
    files = DocumentFile.objects.public().values("document__title", "language", "extension", "size")
    menus = Page.objects.exclude(menu="").values("path", "menu")
    return joined([edition], blocks, with_texts_and_parties(rows), files, menus)


def joined(*tables):
    """One line of HTML a row."""
    return "\n".join(
        f"<li>{escape(' '.join(map(str, row.values() if isinstance(row, dict) else row)))}</li>"
        for table in tables
        for row in table
    ).encode()
