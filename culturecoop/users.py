"""Users in the admin: administrators manage them, but nobody raises himself above his role."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.models import User

admin.site.unregister(User)


@admin.register(User)
class UserAdmin(StockUserAdmin):
    """Rights come from groups; superusers are made and changed by superusers only."""

    superuser_fields = {"is_superuser", "user_permissions"}

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return fieldsets
        return [(title, options | {"fields": self._open(options)}) for title, options in fieldsets]

    def _open(self, options):
        return [name for name in options["fields"] if name not in self.superuser_fields]

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not above(obj, request.user)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not above(obj, request.user)


def above(other, user):
    return other is not None and other.is_superuser and not user.is_superuser
