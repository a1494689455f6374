"""The sheet of pages: one row a page and language."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.editions import verbs
from culturecoop.sheets.columns import Column, WholeNumberWidget
from culturecoop.sheets.editions import EditionResource
from culturecoop.sheets.registry import register
from strategy.models import Page, PageEdition

from .paths import ByPath, PathWidget

PLACE = ("menu", "position", "source_language")
WORDS = ("title", "lead")


@register
class PageResource(ByPath, EditionResource):
    """Pages. Their path is their place in the tree; it is given once, for a new page."""

    name = "pages"
    label = gettext_lazy("pages")
    about = gettext_lazy(
        "One row a page and language. The path says where a page is: “/” is the home page, "
        "“/trade/music” a page below “/trade”. Menu, position and source language are for new "
        "pages only."
    )
    order = 120
    edition_model = PageEdition
    keys = required = ("path", "language")

    path = Column("path", PathWidget(), help=gettext_lazy("The address without the language."))
    base = Column("base", fixed=True)
    language = Column.of(PageEdition, "language")
    title = Column.of(PageEdition, "title")
    lead = Column.of(PageEdition, "lead")
    menu = Column.of(Page, "menu", fixed=True, initial=True)
    position = Column.of(Page, "position", WholeNumberWidget, fixed=True, initial=True)
    source_language = Column.of(Page, "source_language", fixed=True, initial=True)

    def __init__(self, by=None, **kwargs):
        super().__init__(by=by, **kwargs)
        self._places = {}  # {path: place of a page in the sheet}, for new languages too

    def contents(self, editions):
        pages = Page.objects.in_bulk({edition.page_id for edition in editions})
        return {
            edition.pk: _place_of(pages[edition.page_id])
            | {
                "base": edition.base,
                "language": edition.language,
                "title": edition.title,
                "lead": edition.lead,
            }
            for edition in editions
        }

    def records(self, objects):
        for editions in self.editions(objects):
            yield from self.contents(editions).values()

    # In

    def plan(self, rows):
        paths = {PathWidget().cleaned_or_none(row.cells.get("path", "")) for row in rows}
        self._in_batch = paths - {None}
        pages = Page.objects.filter(path__in=[path[1:] for path in self._in_batch])
        self._there = {f"/{page.path}": page for page in pages}
        super().plan(rows)
        languages = self.pending.setdefault("page_languages", set())
        languages.update((row.subject, row.keys.get("language")) for row in rows if row.record)

    def check(self, row):
        if row.record.now is None:
            if not row.value("title", self.column("title")):
                row.refuse("title", _("This column cannot be empty."))
            self._check_place(row)

    def _check_place(self, row):
        """Check the place of a new page; that of a page in a new language must be as it is."""
        path = row.keys["path"]
        place = {name: row.new_values.get(name, "") for name in PLACE}
        if path in self._there:
            known = {n: str(value) for n, value in _place_of(self._there[path]).items()}
        else:
            known = self._places.setdefault(path, place)
            if known is place:
                self._check_new(row, path)
        for name, value in place.items():
            if value and value != known[name]:
                row.refuse(
                    name, _("The page has “%(known)s” here.") % {"known": known[name] or "–"}
                )

    def _check_new(self, row, path):
        if any(column == "path" for column, _value, _message in row.errors):
            return
        above = _above(path)
        if above and above not in self.known_paths and above not in self._in_batch:
            row.refuse("path", _("There is no page “%(path)s” above it.") % {"path": above})
            return
        page = new_page(path, row.new_values, Page(path=above.strip("/")) if above else None)
        try:
            page.clean_fields(exclude=["parent", *PLACE])
            page.clean()
        except ValidationError as error:
            row.refuse("path", " ".join(error.messages))

    def apply(self, rows):
        drafts = self.drafts_for([row for row in rows if row.record.now])
        drafts |= self._first_drafts([row for row in rows if row.record.now is None])
        changed = []
        for row in rows:
            draft = drafts[self.track_of(row)]
            values = {name: row.new_values[name] for name in WORDS if name in row.new_values}
            for name, value in values.items():
                setattr(draft, name, value)
            changed += [draft] if values else []
        PageEdition._base_manager.bulk_update(changed, WORDS, batch_size=500)

    def _first_drafts(self, rows):
        """Return {track: draft} of new languages and of new pages, the source language first.

        Drafts are published in the order they were made, and translations follow their source.
        """
        drafts = {}
        for path in sorted(
            {row.keys["path"] for row in rows}, key=lambda path: (path.count("/"), path)
        ):
            of_page = [row for row in rows if row.keys["path"] == path]
            page = self._there.get(path) or self._new_page(path, of_page)
            of_page.sort(key=lambda row: row.keys["language"] != page.source_language)
            for row in of_page:
                drafts[self.track_of(row)] = self._start(page, row.keys["language"])
        return drafts

    def _new_page(self, path, rows):
        above = _above(path)
        parent = above and Page.objects.filter(path=above.strip("/")).first()
        if above and parent is None:
            raise verbs.Refused(_("There is no page “%(path)s” above it.") % {"path": above})
        # Of rows that differ the first one counts.
        values = {name: value for row in reversed(rows) for name, value in row.new_values.items()}
        page = new_page(path, values, parent or None)
        page.full_clean()
        page.save()
        return page

    def _start(self, page, language):
        origin = {"origin": self.origin, "origin_version": 1} if self.origin else {}
        return verbs.start(page, PageEdition, by=self.by, language=language, **origin)


def new_page(path, values, parent):
    """Return a page that is not stored, from the cells of a row."""
    given = {name: values[name] for name in PLACE if values.get(name)}
    return Page(parent=parent, slug=path.rpartition("/")[2], **given)


def _above(path):
    """Return the path of the page above; "" for the home page, which has none."""
    return (path.rpartition("/")[0] or "/") if path != "/" else ""


def _place_of(page):
    return {"path": f"/{page.path}"} | {name: getattr(page, name) for name in PLACE}
