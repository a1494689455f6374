"""What the pages of an import share: whose job it is, and how its work is begun."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from culturecoop.mapping import Invalid
from culturecoop.sheets import registry
from culturecoop.texts import whole_number

from .. import background
from ..jobs.states import EDITABLE, NotApplied, has_stopped
from ..models import ImportJob
from .steps import address, steps


class NotNow(Exception):
    """The page cannot be opened in the state that the job is in; the message says why."""


class StepViews:
    """The base of the views of steps. They act for the ModelAdmin of imports."""

    def __init__(self, model_admin):
        self.model_admin = model_admin

    def urls(self):
        """Return [(end of the path, view, name)], the path beginning with the key of the job."""
        raise NotImplementedError

    def seen_job(self, request, pk):
        """The job, among those that the user may see."""
        if not self.model_admin.has_view_permission(request):
            raise PermissionDenied
        jobs = self.model_admin.get_queryset(request)
        return get_object_or_404(jobs, pk=whole_number(str(pk)))

    def own_job(self, request, pk):
        """The job of the user: drafts become those of who uploaded it, so nobody else acts."""
        job = self.seen_job(request, pk)
        if not self.may_act(request, job):
            raise PermissionDenied
        return job

    def may_act(self, request, job):
        is_own = job.created_by == request.user
        return is_own and self.model_admin.has_change_permission(request, job)

    def editable_job(self, request, pk):
        """The job of the user, as long as it can be read in another way; raises NotNow."""
        job = self.own_job(request, pk)
        if job.state not in EDITABLE and not has_stopped(job):
            raise NotNow(_("This import is at work, or was taken over already."))
        if job.state in background.WORK and job.state != ImportJob.State.READING:
            raise NotNow(_("This import has begun to be taken over. Resume it first."))
        return job

    def step_page(self, request, job, step, template, **context):
        """The page of a step."""
        context = {
            **self.model_admin.admin_site.each_context(request),
            "opts": self.model_admin.opts,
            "title": job.name if job else _("Import a spreadsheet"),
            "job": job,
            "steps": steps(job, step),
            "may_act": job is not None and self.may_act(request, job),
            **context,
        }
        return TemplateResponse(request, f"admin/spreadsheets/{template}.html", context)

    def to(self, job, name="change", query=None):
        return HttpResponseRedirect(address(job, name, query))

    def to_list(self):
        return HttpResponseRedirect(reverse("admin:spreadsheets_importjob_changelist"))

    def say(self, request, message, level=messages.INFO):
        self.model_admin.message_user(request, message, level)

    def warn(self, request, message):
        self.say(request, message, messages.ERROR)

    def plan(self, request, job):
        """Begin to plan and show what becomes of it."""
        background.launch(job, "plan")
        return self.to(job)


def still_allowed(user, job):
    """Whether the user may (still) import what the sheets of the job hold."""
    known = [registry.find(part["resource"]) for part in job.sheets]
    return all(resource and resource.can_import(user) for resource in known)


def guarded(view):
    """For a view of a step: what the job does not allow leads to the job with a message.

    What is sent for a job that is not there any more leads to the list.
    """

    def wrapped(self, request, pk):
        try:
            return view(self, request, pk)
        except (NotNow, NotApplied, Invalid) as why:
            self.warn(request, str(why))
            return self.to(get_object_or_404(ImportJob, pk=pk))
        except Http404:
            known = ImportJob.objects.filter(pk=whole_number(str(pk)))
            if request.method != "POST" or known.exists():
                raise
            self.warn(request, _("This import was discarded meanwhile."))
            return self.to_list()

    return wrapped
