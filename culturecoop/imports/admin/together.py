"""The action of a list that publishes the selected drafts: few at once, many as a job."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.admin import publish_few
from culturecoop.editions.admin.buttons import PUBLISH

from .. import jobs
from ..models import ImportJob
from .steps import address

#: So many drafts are published within the request.
FEW = 20
MOST = 10_000


@admin.action(description=_("Publish the selected drafts…"), permissions=[PUBLISH])
def publish_selected(model_admin, request, queryset):
    """Ask first; few drafts are published at once, many beside the request, with progress."""
    imports = admin.site.get_model_admin(ImportJob)
    pks = list(queryset.drafts().order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if len(pks) <= FEW or not imports.has_view_permission(request):
        return publish_few(model_admin, request, queryset)
    if len(pks) > MOST:
        sentence = gettext("Select at most %(most)d drafts at once.") % {"most": MOST}
        model_admin.message_user(request, sentence, messages.WARNING)
        return None
    job = jobs.choose(queryset.model, pks, by=request.user)
    return HttpResponseRedirect(address(job, "publish"))
