"""The flat sheet: one row an agreement."""

from functools import cached_property

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import (
    Agreement,
    AgreementEdition,
    AgreementText,
    Party,
    StatusPeriod,
    Theme,
)
from agreements.vocabulary import EventKind
from culturecoop.documents.models import Document
from culturecoop.editions import bulk
from culturecoop.languages import EU_LANGUAGES
from culturecoop.sheets.columns import CodesWidget, Column, DatesWidget, TextWidget
from culturecoop.sheets.editions import EditionResource
from culturecoop.sheets.registry import register

from . import contents, status_check, writing
from .duplicates import note_duplicates
from .party_names import PartyNameMixin
from .sheet_consistency import SheetConsistency
from .widgets import NumberWidget


def _date(kind):
    return Column(
        f"dates__{kind}",
        DatesWidget(),
        column_name=str(kind),
        help=format_lazy(gettext_lazy("“{event}”, for the whole agreement."), event=kind.label),
    )


def _number(name):
    scheme = contents.NUMBERS[name]
    return Column(
        f"numbers__{scheme}",
        NumberWidget(scheme),
        column_name=name,
        help=format_lazy(gettext_lazy("The number in the collection “{name}”."), name=scheme.label),
    )


@register
class AgreementResource(PartyNameMixin, EditionResource):
    """Agreements, one row each, with what concerns the whole agreement."""

    name = "agreements"
    label = gettext_lazy("agreements")
    about = gettext_lazy("One row an agreement, with what concerns the whole of it.")
    order = 60
    model = Agreement
    edition_model = AgreementEdition
    keys = required = ("slug",)
    any_case = True
    export_permissions = ("agreements.view_agreementedition",)
    import_permissions = (
        "agreements.add_agreementedition", "agreements.change_agreementedition",
    )  # fmt: skip

    slug = Column.of(Agreement, "slug")
    base = Column("base", fixed=True)
    source_language = Column.of(Agreement, "source_language", fixed=True, initial=True)
    kind = Column.of(AgreementEdition, "kind")
    themes = Column(
        "themes",
        CodesWidget("themes", Theme),
        help=gettext_lazy("Their slugs, separated by “;”."),
    )
    parties = Column(
        "parties",
        CodesWidget("parties", Party, "code", ordered=True),
        help=gettext_lazy("Their codes in the order of the agreement: EU; KR."),
    )
    form = Column.of(AgreementEdition, "form")
    binding = Column.of(AgreementEdition, "binding")
    legal_basis = Column.of(AgreementEdition, "legal_basis")
    internal_note = Column.of(AgreementEdition, "internal_note")
    negotiations_concluded = _date(EventKind.NEGOTIATIONS_CONCLUDED)
    initialled = _date(EventKind.INITIALLED)
    adopted = _date(EventKind.ADOPTED)
    signature = _date(EventKind.SIGNATURE)
    provisional_application = _date(EventKind.PROVISIONAL_APPLICATION)
    entry_into_force = _date(EventKind.ENTRY_INTO_FORCE)
    suspension = _date(EventKind.SUSPENSION)
    denunciation_effective = _date(EventKind.DENUNCIATION_EFFECTIVE)
    termination = _date(EventKind.TERMINATION)
    expiry = _date(EventKind.EXPIRY)
    replacement = _date(EventKind.REPLACEMENT)
    celex = _number("celex")
    eli = _number("eli")
    oj = _number("oj")
    unts = _number("unts")
    other_number = _number("other_number")
    status = Column.of(
        StatusPeriod,
        "status",
        help=gettext_lazy(
            "What a list states is held against its dates, and told where they differ; the "
            "register itself computes the status. It is not exported."
        ),
    )
    documents = Column(
        "documents",
        CodesWidget("documents", Document, ordered=True),
        help=gettext_lazy("Their slugs in order, separated by “;”."),
    )

    def dynamic_column(self, heading):
        """Return `title_fr` and its like, for every language that content can have."""
        part, _underline, language = heading.rpartition("_")
        if part not in contents.TEXTS or language not in EU_LANGUAGES:
            return None
        widget = TextWidget(AgreementText._meta.get_field(part))
        return Column(f"texts__{language}__{part}", widget, column_name=heading)

    def headings(self, objects):
        editions = AgreementEdition.objects.filter(agreement__in=objects.order_by())
        found = contents.languages_of(editions.values("pk"))
        languages = [code for code in EU_LANGUAGES if code in found]
        return self.workbook_headings(objects) + [
            f"{part}_{code}" for code in languages for part in contents.TEXTS
        ]

    def workbook_headings(self, objects):
        """Return those without texts, which have a sheet of their own there."""
        return [name for name in super().headings(objects) if name != status_check.COLUMN]

    def contents(self, editions):
        return contents.flat_records(editions)

    def records(self, objects):
        for editions in self.editions(objects):
            for record in self.contents(editions).values():
                yield record | {"internal_note": ""} if self.live else record

    @cached_property
    def _other_sheets(self):
        return SheetConsistency(self.workbook)

    @cached_property
    def _seen(self):
        return {}

    def compared(self, row, columns):
        """Return all but what other sheets of the same workbook hold, which must be the same."""
        found = super().compared(row, columns)
        found.pop(status_check.COLUMN, None)
        return found if self.workbook is None else self._other_sheets.check(row, found)

    def plan(self, rows):
        super().plan(rows)
        note_duplicates(rows, self._seen, besides={self.origin, self.follows} - {None})

    def check(self, row):
        """Check that a text in a language has a title in it, and that a status fits the dates."""
        status_check.check_status(row, self)
        touched = {name.rpartition("_")[2] for name in row.new_values if _is_text(name)}
        for language in touched:
            names = {part: f"{part}_{language}" for part in contents.TEXTS}
            values = {part: row.value(name, self.column(name)) for part, name in names.items()}
            if any(values.values()) and not values["title"]:
                name = names["title"]
                row.refuse(name, _("A text in this language needs a title in it."))

    def is_title(self, column):
        return column.startswith("title_")

    def is_name(self, column):
        return super().is_name(column) or self.is_title(column) or column in contents.NUMBERS

    def lacking(self, columns):
        if any(map(self.is_title, columns)):
            return []
        return [_("No column goes to a title: new drafts without one cannot be published.")]

    def apply(self, rows):
        new = [row for row in rows if row.record.now is None]
        drafts = self._new_agreements(new) | self.drafts_for([r for r in rows if r.record.now])
        work = [(drafts[self.track_of(row)], row.new_values) for row in rows]
        writing.write_fields(work)
        writing.write_themes(work, self.known("themes"))
        writing.write_parties(work, self.known("parties"))
        writing.write_documents(work, self.known("documents"))
        writing.write_texts(work)
        writing.write_dates(work)
        writing.write_numbers(work)

    def _new_agreements(self, rows):
        """Return {(slug,): draft} of the agreements that the register does not have yet."""
        identities = [
            Agreement(
                slug=row.subject,
                **{n: v for n, v in row.new_values.items() if n == "source_language"},
            )
            for row in rows
        ]
        Agreement.objects.bulk_create(identities, batch_size=500)
        drafts = bulk.start_many(identities, AgreementEdition, by=self.by, origin=self.origin)
        return {(draft.agreement.slug,): draft for draft in drafts}


def _is_text(name):
    return name.rpartition("_")[0] in contents.TEXTS
