"""The logs in the admin: to be read, searched and filtered, by administrators alone."""

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from culturecoop.changelists import NamedLists

from ..models import AccountEntry
from ..retirement import account_name


class LogAdmin(NamedLists, admin.ModelAdmin):
    """Nothing is added, changed or deleted, not by a superuser either."""

    list_per_page = 100
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None
    empty_value_display = "–"

    def has_add_permission(self, request, obj=None):
        return False

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(AccountEntry)
class AccountEntryAdmin(LogAdmin):
    list_display = ["at", "kind", "name", "who", "address", "details_column"]
    list_filter = ["kind", "at", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by"]
    search_fields = ["name", "by__username", "address"]
    fields = ["at", "kind", "name", "who", "address", "details_column"]

    @admin.display(description=gettext_lazy("who"), ordering="by__username")
    def who(self, entry):
        return account_name(entry.by) or None

    @admin.display(description=gettext_lazy("details"))
    def details_column(self, entry):
        return "; ".join(sentences(entry.details))


@admin.register(LogEntry)
class LogEntryAdmin(LogAdmin):
    list_display = ["action_time", "who", "content_type", "what", "message"]
    list_filter = ["action_time", "action_flag", ("user", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["user", "content_type"]
    search_fields = ["object_repr", "user__username", "change_message"]
    fields = ["action_time", "who", "content_type", "what", "message"]

    @admin.display(description=gettext_lazy("who"), ordering="user__username")
    def who(self, entry):
        return account_name(entry.user)

    @admin.display(description=gettext_lazy("what"), ordering="object_repr")
    def what(self, entry):
        address = entry.get_admin_url()
        name = entry.object_repr or "–"
        return format_html('<a href="{}">{}</a>', address, name) if address else name

    @admin.display(description=gettext_lazy("change"))
    def message(self, entry):
        return entry.get_change_message()


def sentences(details):
    """The details of an entry, in words."""
    ways = {
        "group": lambda name: _("group “%(name)s”") % {"name": name},
        "added": lambda names: names and _("given: %(what)s") % {"what": ", ".join(names)},
        "removed": lambda names: names and _("taken: %(what)s") % {"what": ", ".join(names)},
        "is_staff": lambda yes: _("staff") if yes else _("not staff"),
        "is_superuser": lambda yes: _("superuser") if yes else _("not a superuser"),
        "live": lambda yes: yes and _("as readers see it"),
        "was": lambda name: _("formerly “%(name)s”") % {"name": name},
        "rows": lambda n: ngettext("%(n)s row", "%(n)s rows", n) % {"n": n},
        "before": lambda moment: _("before %(moment)s") % {"moment": moment},
    }
    texts = (ways.get(key, str)(value) for key, value in details.items())
    return [text for text in texts if text]
