"""Users in the admin: administrators manage them, but nobody raises himself above his role."""

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from culturecoop.changelists import CheckedLists
from culturecoop.texts import whole_number

from ..forms import AccountPasswordForm
from ..retirement import NotPossible, reinstate, retire
from ..rights import exceeds, groups_to_give, is_last, managers, superusers

admin.site.unregister(User)


class UserForm(UserChangeForm):
    """Refuses what would leave nobody to manage accounts."""

    def clean(self):
        data = super().clean()
        if is_last(self.instance, managers()) and not self._manages(data):
            self.add_error(None, _("Nobody else could manage accounts then."))
        elif is_last(self.instance, superusers()) and not self._is_superuser(data):
            self.add_error(None, _("This is the last superuser."))
        return data

    def _is_superuser(self, data):
        return data["is_staff"] and data.get("is_superuser", self.instance.is_superuser)

    def _manages(self, data):
        single = data.get("user_permissions", self.instance.user_permissions.all())
        given = Permission.objects.filter(group__in=data.get("groups", ())) | single
        right = given.filter(content_type__app_label="auth", codename="change_user")
        return self._is_superuser(data) or (data["is_staff"] and right.exists())


@admin.register(User)
class UserAdmin(CheckedLists, StockUserAdmin):
    """Rights come from groups; superusers are made and changed by superusers only.

    Accounts are not deleted, by nobody: they retire, and what they did keeps their name.
    """

    form = UserForm
    change_password_form = AccountPasswordForm
    change_form_template = "admin/accounts/user.html"
    superuser_fields = {"is_superuser", "user_permissions"}
    filter_horizontal = ["user_permissions"]
    readonly_fields = ["standing", "last_login", "date_joined"]
    list_display = [*StockUserAdmin.list_display, "is_active"]

    def get_fieldsets(self, request, obj=None):
        return [
            (title, options | {"fields": self._open(request, options["fields"])})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def _open(self, request, names):
        """Return the fields open to the user; the state is shown, and changed by its buttons."""
        closed = set() if request.user.is_superuser else self.superuser_fields
        instead = {"is_active": "standing"}
        return [instead.get(name, name) for name in names if name not in closed]

    @admin.display(description=gettext_lazy("state"))
    def standing(self, user):
        return _("in use") if user.is_active else _("retired")

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = groups_to_give(request.user)
            kwargs["widget"] = CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        above = obj is not None and exceeds(obj, request.user)
        return super().has_change_permission(request, obj) and not above

    def has_delete_permission(self, request, obj=None):
        return False

    # Retiring

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/retire/", wrap(self.retire_view), name="auth_user_retire"),
            path("<int:pk>/reinstate/", wrap(self.reinstate_view), name="auth_user_reinstate"),
            *super().get_urls(),
        ]

    def retire_view(self, request, pk):
        return self._standing_view(
            request, pk, retire, active=True,
            title=_("Retire the account"),
            explanation=_(
                "The account can no longer sign in and is signed out everywhere. The history "
                "keeps its name. It can be brought back."
            ),
            done=_("The account was retired."),
        )  # fmt: skip

    def reinstate_view(self, request, pk):
        return self._standing_view(
            request, pk, reinstate, active=False,
            title=_("Bring the account back"),
            explanation=_("It gets its former groups back. Give it a new password afterwards."),
            done=_("The account was brought back. It needs a new password."),
        )  # fmt: skip

    def _standing_view(self, request, pk, verb, *, active, title, explanation, done):
        """Ask, then do it; warn when it was done already."""
        user = self._managed(request, pk)
        back = reverse("admin:auth_user_change", args=[user.pk])
        if user.is_active != active:
            self.message_user(request, _("That was done already."), messages.WARNING)
            return HttpResponseRedirect(back)
        if request.method == "POST":
            return self._do(request, user, verb, done, back)
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(user),
            "opts": self.opts,
            "original": user,
            "explanation": explanation,
            "danger": active,
        }
        return TemplateResponse(request, "admin/accounts/standing.html", context)

    def _managed(self, request, pk):
        user = self.get_object(request, str(whole_number(str(pk))))
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user is None:
            raise Http404
        return user

    def _do(self, request, user, verb, done, back):
        try:
            with transaction.atomic():
                verb(user)
                self.log_change(request, user, done)
        except NotPossible as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return HttpResponseRedirect(back)
        if user == request.user:
            return HttpResponseRedirect(reverse("admin:login"))
        self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(back)
