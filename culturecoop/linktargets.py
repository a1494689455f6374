"""What a rich text may link to, chosen from its list in the admin."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import override

from culturecoop.languages import site_language


def link_path(admin, addressed=lambda row: row):
    """Return the URL pattern that answers the public address of a row of an admin's list.

    `addressed(row)` is what has the address.
    """

    def view(request, pk):
        """Answer the address as JSON, as it is in a text of `?language=`."""
        row = get_object_or_404(admin.model, pk=pk)
        if not admin.has_view_permission(request, row):
            raise PermissionDenied
        with override(site_language(request.GET.get("language"))):
            return JsonResponse({"href": addressed(row).get_absolute_url()})

    name = f"{admin.opts.app_label}_{admin.opts.model_name}_link"
    return path("<int:pk>/link/", admin.admin_site.admin_view(view), name=name)


def link_target(model, name, label, language):
    """What the dialog of a link needs to offer the rows of a model."""
    prefix = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    return {
        "name": name,
        "label": label,
        "list": reverse(f"{prefix}_changelist"),
        "link": reverse(f"{prefix}_link", args=[0], query={"language": language}),
    }
