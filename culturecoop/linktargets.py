"""What a rich text may link to, chosen from its list in the admin."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import override


class LinkTarget:
    """Mixed into an admin: answers the public address of a row that was chosen in its list."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.link_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_link"
        return [path("<int:pk>/link/", view, name=name), *super().get_urls()]

    def link_target(self, row):
        """What has the public address."""
        return row

    def link_view(self, request, pk):
        """The address as JSON, as it is in a text of `?language=`."""
        row = get_object_or_404(self.model, pk=pk)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        language = request.GET.get("language")
        spoken = language in dict(settings.LANGUAGES)
        with override(language if spoken else settings.LANGUAGE_CODE):
            return JsonResponse({"href": self.link_target(row).get_absolute_url()})


def link_target(model, name, label, language):
    """What the dialog of a link needs to offer the rows of a model."""
    prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    return {
        "name": name,
        "label": label,
        "list": reverse(f"{prefix}_changelist"),
        "link": reverse(f"{prefix}_link", args=[0], query={"language": language}),
    }
