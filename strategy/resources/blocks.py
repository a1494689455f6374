"""The sheet of blocks: one row a block of a page in a language."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Agreement, AgreementKind, Theme
from culturecoop.documents.models import Document
from culturecoop.sheets.columns import (
    CodeWidget,
    Column,
    DateWidget,
    OneOfWidget,
    WholeNumberWidget,
)
from culturecoop.sheets.parts import KEY_HELP, KeyWidget, PartResource
from culturecoop.sheets.registry import register
from culturecoop.tabular import lists
from strategy.blocks import AgreementList, Image, Link, Milestone
from strategy.models import Page, PageEdition

from . import images
from .kinds import COLUMNS, MODELS, PLACE, POINTERS, SomeOfWidget
from .paths import ByPath, KnownPathWidget, PathWidget

REGIONS = [region.key for region in PageEdition.regions]


@register
class BlockResource(ByPath, PartResource):
    """Blocks of pages. Which columns a block has depends on its type."""

    name = "blocks"
    label = gettext_lazy("blocks")
    about = gettext_lazy(
        "The pieces of the pages: one row a block, in the order of its region. A text has “text”; "
        "a milestone “date”, “actor”, “text”, “link_text” and a document or address; a link "
        "“heading”, “title” and a document, page, agreement or address; an image “file”, "
        "“alternative”, “caption”, “credit”; a list of agreements “theme”, “kinds”, “order”."
    )
    order = 130
    edition_model = PageEdition
    parent = "pages"
    no_parent = gettext_lazy("There is no page of this path in this language.")
    keys = ("path", "language", "key")
    required = ("path", "language")
    filled = ("type", "region")

    path = Column("path", PathWidget(), help=gettext_lazy("As in the sheet “pages”."))
    base = Column("base", fixed=True)
    language = Column.of(PageEdition, "language")
    key = Column("key", KeyWidget(), help=KEY_HELP)
    type = Column(
        "type", OneOfWidget(MODELS), fixed=True, initial=True, help=gettext_lazy("What it is.")
    )
    region = Column("region", OneOfWidget(REGIONS), help=gettext_lazy("Where on the page it is."))
    ordering = Column(
        "ordering",
        WholeNumberWidget(),
        help=gettext_lazy("Blocks of a region stand in this order."),
    )
    text = Column(
        "text", help=gettext_lazy("HTML for a text; for a milestone what stands before the link.")
    )
    date = Column.of(Milestone, "date", DateWidget)
    actor = Column.of(Milestone, "actor")
    link_text = Column.of(Milestone, "link_text")
    heading = Column.of(Link, "heading")
    title = Column.of(Link, "title")
    document = Column(
        "document",
        CodeWidget("documents", Document),
        help=gettext_lazy("The slug of the document it leads to."),
    )
    page = Column("page", KnownPathWidget(), help=gettext_lazy("The path of the page it leads to."))
    agreement = Column(
        "agreement",
        CodeWidget("agreements", Agreement),
        help=gettext_lazy("The slug of the agreement it leads to."),
    )
    address = Column.of(Link, "address")
    file = Column(
        "file", help=gettext_lazy("The picture in the ZIP: files/images/2026/orchestra.jpg.")
    )
    alternative = Column.of(Image, "alternative")
    caption = Column.of(Image, "caption")
    credit = Column.of(Image, "credit")
    theme = Column(
        "theme",
        CodeWidget("themes", Theme),
        help=gettext_lazy("The slug of the theme; empty: all themes."),
    )
    kinds = Column(
        "kinds",
        SomeOfWidget(AgreementKind.values),
        help=gettext_lazy("Kinds of agreements, separated by “;”; empty: all kinds."),
    )
    order_ = Column.of(AgreementList, "order", help=gettext_lazy("How the agreements are sorted."))

    # Out

    def contents(self, editions):
        paths = dict(
            Page.objects.filter(pk__in={e.page_id for e in editions}).values_list("pk", "path")
        )
        found = {edition.pk: [] for edition in editions}
        for kind in MODELS:
            for pk, record in _records(kind, list(found)):
                found[pk].append(record)
        places = {
            e.pk: {"path": f"/{paths[e.page_id]}", "language": e.language, "base": e.base}
            for e in editions
        }
        return {
            pk: {record["key"]: places[pk] | record for record in sorted(records, key=_place)}
            for pk, records in found.items()
        }

    def attachments(self, objects):
        for editions in self.editions(objects):
            yield from images.attachments(editions)

    # In

    def is_pending(self, row):
        languages = self.pending.get("page_languages", ())
        return super().is_pending(row) and (row.subject, row.keys["language"]) in languages

    def check(self, row):
        super().check(row)
        if row.errors or (not row.changes and row.record.now):
            return
        kind = row.value("type", self.column("type"))
        for name in row.new_values:
            if name not in (*COLUMNS[kind], *PLACE, "type"):
                row.refuse(
                    name, _("A block of this type (%(type)s) has no such column.") % {"type": kind}
                )
        if kind == "image" and not row.errors:
            images.check(row, self.files)
        if not row.errors:
            self._check_values(row, kind)

    def _check_values(self, row, kind):
        part = MODELS[kind]()
        names = (*COLUMNS[kind], *PLACE)
        values = {name: row.value(name, self.column(name)) for name in names}
        try:
            self.set_values(part, {n: v for n, v in values.items() if n != "file"}, awaiting=True)
            part.full_clean(
                exclude=["parent", *POINTERS, "file", "width", "height"],
                validate_unique=False,
                validate_constraints=False,
            )
        except ValidationError as error:
            for field, messages in error.message_dict.items():
                row.refuse(field if field in names else "", " ".join(messages))
            return
        self._keep_cleaned(row, part)

    def _keep_cleaned(self, row, part):
        """Replace rich text by what the sanitiser leaves of it."""
        for change in row.changes:
            if change[0] == "text":
                change[2] = part.text
        row.changes = [change for change in row.changes if change[1] != change[2]]

    # Writing

    @property
    def part_models(self):
        return list(MODELS.values())

    def model_of(self, row):
        return MODELS[row.new_values["type"]]

    def apply(self, rows):
        images.store(rows, self.files)
        super().apply(rows)

    def set_values(self, part, values, awaiting=False):
        """Write the cells into the block; if `awaiting`, what is not there yet counts as there."""
        for name, value in values.items():
            if name in POINTERS:
                pk = self.known(name).get(value, -1 if awaiting else None)
                setattr(part, f"{name}_id", pk if value else None)
            elif name == "kinds":
                part.kinds = lists.split(value)
            elif name == "file":
                images.assign(part, value)
            elif name != "type":
                super().set_values(part, {name: value})


def _records(kind, editions):
    """Yield (edition pk, record) of the blocks of one kind."""
    names = {
        name: f"{name}__{POINTERS[name]}" if name in POINTERS else name
        for name in ("key", *PLACE, *COLUMNS[kind])
    }
    rows = MODELS[kind].objects.filter(parent__in=editions).order_by("pk")
    for pk, *values in rows.values_list("parent_id", *names.values()):
        record = dict(zip(names, values, strict=True)) | {"type": kind}
        record["key"] = str(record["key"])
        if record.get("page") is not None:
            record["page"] = f"/{record['page']}"
        if record.get("file"):
            record["file"] = images.path_of(record["file"])
        yield pk, record


def _place(record):
    region = record["region"]
    return (REGIONS.index(region) if region in REGIONS else len(REGIONS), record["ordering"])
