"""Lists of the admin: what they are called, and what they answer to an odd address."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db import DataError
from django.utils.text import capfirst


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


class NamedLists(CheckedLists):
    """Mixed into a ModelAdmin, before it: the title of the list is the name of what it holds."""

    def changelist_view(self, request, extra_context=None):
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})
