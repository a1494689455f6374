"""The flat sheet: one row an agreement."""

from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Agreement, AgreementEdition, AgreementText
from culturecoop.editions import bulk
from culturecoop.languages import EU_LANGUAGES
from culturecoop.spreadsheets.columns import (
    ChoiceWidget,
    CodesWidget,
    Column,
    DatesWidget,
    TextWidget,
)
from culturecoop.spreadsheets.registry import register
from culturecoop.spreadsheets.resources import EditionResource

from . import contents, writing


def _edition_field(name):
    return AgreementEdition._meta.get_field(name)


def _date(kind):
    return Column(f"dates__{kind}", DatesWidget(), column_name=str(kind))


@register
class AgreementResource(EditionResource):
    """Agreements, one row each, with what concerns the whole agreement."""

    name = "agreements"
    label = gettext_lazy("agreements")
    model = Agreement
    edition_model = AgreementEdition
    keys = ("slug",)
    required = ("slug",)
    export_permissions = ("agreements.view_agreementedition",)
    import_permissions = (
        "agreements.add_agreementedition", "agreements.change_agreementedition",
    )  # fmt: skip

    slug = Column("slug", TextWidget(Agreement._meta.get_field("slug")))
    base = Column("base", fixed=True)
    source_language = Column(
        "source_language",
        ChoiceWidget(Agreement._meta.get_field("source_language")),
        fixed=True,
        initial=True,
    )
    kind = Column("kind", ChoiceWidget(_edition_field("kind")))
    themes = Column("themes")
    parties = Column("parties")
    legal_basis = Column("legal_basis", TextWidget(_edition_field("legal_basis")))
    internal_note = Column("internal_note", TextWidget(_edition_field("internal_note")))
    negotiations_concluded = _date(contents.DATES[0])
    initialled = _date(contents.DATES[1])
    signature = _date(contents.DATES[2])
    provisional_application = _date(contents.DATES[3])
    entry_into_force = _date(contents.DATES[4])
    termination = _date(contents.DATES[5])

    def __init__(self, by=None, **kwargs):
        super().__init__(by=by, **kwargs)
        self.fields["themes"].widget = CodesWidget(lambda: self.known_themes)
        self.fields["parties"].widget = CodesWidget(lambda: self.known_parties, ordered=True)

    @cached_property
    def known_parties(self):
        return contents.party_codes()

    @cached_property
    def known_themes(self):
        return contents.theme_codes()

    def dynamic_column(self, heading):
        """`title_fr` and its like, for every language that content can have."""
        part, _underline, language = heading.rpartition("_")
        if part not in contents.TEXTS or language not in EU_LANGUAGES:
            return None
        widget = TextWidget(AgreementText._meta.get_field(part))
        return Column(f"texts__{language}__{part}", widget, column_name=heading)

    def headings(self, objects):
        editions = AgreementEdition.objects.filter(agreement__in=objects.order_by())
        found = contents.languages_of(editions.values("pk"))
        languages = [code for code in EU_LANGUAGES if code in found]
        return super().headings(objects) + [
            f"{part}_{code}" for code in languages for part in contents.TEXTS
        ]

    def contents(self, editions):
        return contents.flat_records(editions)

    def records(self, objects):
        for editions in self.editions(objects):
            yield from self.contents(editions).values()

    def check(self, row):
        """A text in a language needs a title in it."""
        touched = {name.rpartition("_")[2] for name in row.new_values if _is_text(name)}
        for language in touched:
            names = {part: f"{part}_{language}" for part in contents.TEXTS}
            values = {part: row.value(name, self.column(name)) for part, name in names.items()}
            if any(values.values()) and not values["title"]:
                name = names["title"]
                row.refuse(name, _("A text in this language needs a title in it."))

    def apply(self, rows):
        new = [row for row in rows if row.record.now is None]
        drafts = self._new_agreements(new) | self.drafts_for([r for r in rows if r.record.now])
        work = [(drafts[row.subject], row.new_values) for row in rows]
        writing.write_fields(work)
        writing.write_themes(work, self.known_themes)
        writing.write_parties(work, self.known_parties)
        writing.write_texts(work)
        writing.write_dates(work)

    def _new_agreements(self, rows):
        """{slug: draft} of the agreements that the register does not have yet."""
        identities = [
            Agreement(
                slug=row.subject,
                **{n: v for n, v in row.new_values.items() if n == "source_language"},
            )
            for row in rows
        ]
        Agreement.objects.bulk_create(identities, batch_size=500)
        drafts = bulk.start_many(identities, AgreementEdition, by=self.by)
        return {draft.agreement.slug: draft for draft in drafts}


def _is_text(name):
    return name.rpartition("_")[0] in contents.TEXTS
