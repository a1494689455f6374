"""Lists of the admin that answer an odd number in their address as any other odd value."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db import DataError


class CheckedChangeList(ChangeList):
    """A list that leads on to `?e=1` also when a number is larger than a database can hold."""

    def get_results(self, request):
        try:
            super().get_results(request)
        except (OverflowError, DataError) as error:
            raise IncorrectLookupParameters(error) from error


class CheckedLists:
    """Mixed into a ModelAdmin, before it."""

    def get_changelist(self, request, **kwargs):
        return CheckedChangeList
