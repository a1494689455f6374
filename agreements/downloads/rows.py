"""A list of the register as rows of the sheet of agreements, read portion by portion."""

from django.utils import timezone

from agreements.models import AgreementEdition, StatusPeriod
from agreements.resources import AgreementResource
from agreements.statusperiods import period_on
from culturecoop.sheets.columns import Column

from .columns import headings

PORTION = 500


class RegisterRows:
    """All agreements that a RegisterFilter leaves, in its order, with their status on its day.

    What is read is published and so never changes while it is sent.
    """

    def __init__(self, filters):
        self.ids = filters.all_ids()
        self.day, self.subject, self.at = filters.day, filters.subject, timezone.now()
        self.headings = headings()

    def portions(self, read=Column.export):
        """Yield lists of rows; `read` gives a cell of a column and a record."""
        resource = AgreementResource(live=True)
        columns = [resource.column(heading) for heading in self.headings]
        for start in range(0, len(self.ids), PORTION):
            records = self._records(resource, list(self.ids[start : start + PORTION]))
            yield [[read(column, record) for column in columns] for record in records]

    def rows(self):
        """Yield row after row."""
        for rows in self.portions():
            yield from rows

    def _records(self, resource, ids):
        live = AgreementEdition.objects.live(self.at).in_bulk(ids)
        statuses = self._statuses(ids)
        records = resource.contents([live[pk] for pk in ids if pk in live])
        return [
            record | {"status": statuses.get(pk, ""), "internal_note": ""}
            for pk, record in records.items()
        ]

    def _statuses(self, ids):
        """Return {edition id: status} of what is certain on the day, as the list shows it."""
        periods = StatusPeriod.objects.filter(period_on(self.day, self.subject), uncertain=False)
        rows = periods.filter(edition__in=ids).order_by()
        return dict(rows.values_list("edition", "status"))
