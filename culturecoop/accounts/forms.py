"""Signing in and changing one's own password."""

from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AdminPasswordChangeForm as StockAccountPasswordForm
from django.contrib.auth.forms import SetUnusablePasswordMixin
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from . import limits
from .addresses import client_network
from .current import current_request


class SignInForm(AdminAuthenticationForm):
    """One answer, whatever was wrong: name, password, rights, or too many attempts."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _(
            "Name or password is wrong. Check upper and lower case. After several failed attempts "
            "signing in is refused for a quarter of an hour, also with the right password."
        ),
    }


class OwnPasswordForm(AdminPasswordChangeForm):
    """The old password is asked within the limits of signing in: it is a way to guess it."""

    def clean_old_password(self):
        request, name = current_request(), self.user.get_username()
        old = self.cleaned_data["old_password"]
        if authenticate(request, username=name, password=old) is None:
            wrong = self.error_messages["password_incorrect"]
            raise ValidationError(wrong, code="password_incorrect")
        limits.forgive(client_network(request), name)
        return old


class AccountPasswordForm(StockAccountPasswordForm):
    """Says its help in the language of the page: that of Django is put together in English."""

    usable_password_help_text = format_lazy(
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        SetUnusablePasswordMixin.usable_password_help_text,
        _("If disabled, the current password for this user will be lost."),
    )
