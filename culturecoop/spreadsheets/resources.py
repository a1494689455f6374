"""The bases of resources: what a sheet holds, how it is written, planned and applied.

They stand on the resources of django-import-export for the declaration of columns; the work on
rows is done in batches. A resource has

- `name`, `label`, `model`, `keys` (the columns that identify a row), `permissions`;
- `headings(objects)` and `rows(objects)` for the way out;
- `plan(rows)` and `apply(rows, by)` for the way in, `rows` being `PlannedRow`s of one batch.
"""

from itertools import islice

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.resources import Resource

from culturecoop.editions import bulk

from . import lanes
from .comparing import Record, compare, normal

BATCH = 500
BASE_EXPECTED = gettext_lazy(
    "Expected the number of an edition (3) or of a draft (3/7), as exported. "
    "Spreadsheet programs make dates of it in CSV files: use XLSX or ODS."
)


class SheetResource(Resource):
    """What all sheets share."""

    name = ""
    label = ""
    model = None
    #: The columns that tell which row of the register a row of the sheet is.
    keys = ()
    #: Those of the keys that cannot be empty.
    required = ()
    #: The permissions that an export and an import need.
    export_permissions = ()
    import_permissions = ()

    def __init__(self, by=None, **kwargs):
        super().__init__(**kwargs)
        self.by = by
        self._columns = {}

    @classmethod
    def can_export(cls, user):
        return user.has_perms(cls.export_permissions)

    @classmethod
    def can_import(cls, user):
        return user.has_perms(cls.import_permissions)

    # Columns

    def column(self, heading):
        """The column called so, None when there is none."""
        if heading not in self._columns:
            found = next((c for c in self.fields.values() if c.column_name == heading), None)
            self._columns[heading] = found or self.dynamic_column(heading)
        return self._columns[heading]

    def dynamic_column(self, heading):
        """A column that depends on the content, such as `title_fr`; None when there is none."""
        return None

    def unknown(self, headings):
        """The headings that are none of the columns."""
        return [heading for heading in headings if self.column(heading) is None]

    def expected(self):
        """The names of the columns, for a message."""
        return get_text_list([c.column_name for c in self.fields.values()], _("and"))

    # Out

    def objects(self, queryset=None):
        """What to export: identities or rows of reference data, from a queryset of an admin."""
        return self.model._default_manager.all() if queryset is None else queryset

    def headings(self, objects):
        """The names of the columns for these objects."""
        return [column.column_name for column in self.fields.values()]

    def records(self, objects):
        """Yield a record for each row to export; reads in batches."""
        raise NotImplementedError

    def rows(self, objects, headings=None):
        """Yield the cells of each row."""
        headings = headings or self.headings(objects)
        exports = [self.column(heading).export for heading in headings]
        for record in self.records(objects):
            yield [export(record) for export in exports]

    # In

    def plan(self, rows):
        """Decide for each row of a batch what would become of it; writes nothing."""
        columns = {heading: self.column(heading) for heading in (rows[0].cells if rows else ())}
        technical = [name for name in columns if name in (*self.keys, "base")]
        for row in rows:
            self._clean_keys(row, {name: columns[name] for name in technical})
        self.identify(rows)
        content = {name: c for name, c in columns.items() if name not in technical}
        for row in rows:
            compare(row, content)
            if row.record:
                self.check(row)
            row.decide()

    def _clean_keys(self, row, columns):
        for name, column in columns.items():
            row.keys[name] = normal(row, name, column)
            if row.keys[name] == "" and name in self.required:
                row.refuse(name, _("This column cannot be empty."))

    def identify(self, rows):
        """Set `subject` and `record` of each row, or note a fault and leave `record` None."""
        raise NotImplementedError

    def check(self, row):
        """Note faults that concern several cells of the row."""

    def lock(self, subjects):
        """Lock what the rows are about, before they are planned, until the transaction ends."""

    def apply(self, rows):
        """Write the changes of a batch of planned rows."""
        raise NotImplementedError


class EditionResource(SheetResource):
    """Content in editions: an import makes drafts."""

    edition_model = None
    slug_field = "slug"
    slug_column = "slug"

    @property
    def identity_attname(self):
        return self.edition_model._meta.get_field(self.edition_model.lane_fields[0]).attname

    def contents(self, editions):
        """{edition pk: record} of the editions, in a fixed number of queries."""
        raise NotImplementedError

    def objects(self, queryset=None):
        """Identities; a queryset of editions gives those they are editions of."""
        if queryset is not None and queryset.model is self.edition_model:
            pks = queryset.values(self.identity_attname)
            return self.model._default_manager.filter(pk__in=pks)
        return super().objects(queryset)

    def editions(self, objects):
        """Yield batches of the editions to export, one an identity, in the order of slugs."""
        pks = iter(objects.order_by(self.slug_field).values_list("pk", flat=True))
        while batch := list(islice(pks, BATCH)):
            found = lanes.lanes(self.edition_model, batch)
            yield [found[pk].now for pk in batch if pk in found]

    def identify(self, rows):
        slugs = {row.keys[self.slug_column] for row in rows}
        query = self.model._default_manager.filter(**{f"{self.slug_field}__in": slugs - {None}})
        identities = dict(query.values_list(self.slug_field, "pk"))
        found = lanes.lanes(self.edition_model, list(identities.values()))
        by_slug = {slug: found.get(pk) for slug, pk in identities.items()}
        usable = [row for row in rows if self._is_usable(row, by_slug)]
        records = self._records_of(usable, by_slug)
        for row in usable:
            slug = row.keys[self.slug_column]
            self.relate(row, records.get((slug, row.keys.get("base", ""))))

    def relate(self, row, record):
        """Set the row's record from the one of its edition (None for a new identity)."""
        row.record = record or Record()

    def _is_usable(self, row, by_slug):
        """Whether it is clear which row of the register is meant; notes what is wrong."""
        slug, base = row.keys[self.slug_column], row.keys.get("base", "")
        row.subject = (slug or "")[:200]
        if base and not lanes.BASE.fullmatch(base):
            row.refuse("base", BASE_EXPECTED)
        elif base and slug and slug not in by_slug:
            row.refuse(
                "base",
                _("The register has no such row. Leave “base” empty to add a new one."),
            )
        elif slug in by_slug and by_slug[slug] is None:
            row.refuse(self.slug_column, _("It has no content: edit it in the admin."))
        technical = {*self.keys, "base"}
        return not any(fault[0] in technical for fault in row.faults)

    def _records_of(self, rows, by_slug):
        """{(slug, base): Record} with the content of now and of the base."""
        pairs = {(row.keys[self.slug_column], row.keys.get("base", "")) for row in rows}
        pairs = {(slug, base) for slug, base in pairs if slug in by_slug}
        bases = {(slug, base): base and by_slug[slug].find(base) for slug, base in pairs}
        editions = [by_slug[slug].now for slug, _base in pairs]
        editions += [edition for edition in bases.values() if edition]
        contents = self.contents({edition.pk: edition for edition in editions}.values())
        return {
            (slug, base): Record(
                now=contents[by_slug[slug].now.pk],
                base=contents[edition.pk] if edition else None,
                gone=bool(base) and not edition,
                taken=self._why_taken(by_slug[slug], edition),
                target=by_slug[slug].now,
            )
            for (slug, base), edition in bases.items()
        }

    def _why_taken(self, lane, base):
        """Why no draft can be made, or the existing one not be changed."""
        draft = lane.draft
        if draft is None:
            return ""
        if draft.created_by_id != (self.by and self.by.pk):
            return _("%(who)s has a draft of it. It has to be published or discarded first.") % {
                "who": draft.created_by or _("A command")
            }
        if not base or base.pk != draft.pk:
            return _("You have a draft of it that is newer than the row: export it again.")
        return ""

    # Writing

    def lock(self, subjects):
        query = self.model._default_manager.filter(**{f"{self.slug_field}__in": subjects})
        bulk.lock(self.model, list(query.values_list("pk", flat=True)))

    def drafts_for(self, rows):
        """{subject: draft} to write the rows to: new ones, or the user's own."""
        targets = {row.subject: row.record.target for row in rows if row.record.target}
        own = {subject: target for subject, target in targets.items() if target.is_draft}
        bulk.record_changes(list(own.values()), by=self.by)
        sources = {subject: t for subject, t in targets.items() if subject not in own}
        made = bulk.new_drafts(list(sources.values()), by=self.by)
        return own | {subject: made[source.pk] for subject, source in sources.items()}
