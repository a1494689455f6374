"""Groups in the admin: what a group may do is changed by superusers, and logged."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as StockGroupAdmin
from django.contrib.auth.models import Group

from culturecoop.changelists import CheckedLists

from .. import audit
from ..rights import name_of

admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(CheckedLists, StockGroupAdmin):
    def save_related(self, request, form, formsets, change):
        group = form.instance
        before = rights(group)
        super().save_related(request, form, formsets, change)
        after = rights(group)
        if before != after:
            audit.record(
                audit.Kind.RIGHTS,
                by=request.user,
                group=group.name,
                added=sorted(after - before),
                removed=sorted(before - after),
            )


def rights(group):
    return {name_of(right) for right in group.permissions.select_related("content_type")}
