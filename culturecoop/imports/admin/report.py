"""After an import: its drafts, publishing them together, undoing, the report to download."""

import tempfile
from pathlib import PurePath

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from culturecoop.editions.admin import (
    LABELS,
    SeenField,
    TogetherForm,
    public_links,
    published,
    shared_questions,
)
from culturecoop.editions.seen import Seen
from culturecoop.editions.together import obstacle
from culturecoop.tabular import writing
from culturecoop.tabular.reading import Unreadable

from .. import background, jobs
from ..models import ImportJob
from . import publication_impact
from .approval import Approval, ApprovalOfAll, alone, sample
from .base import NotNow, StepViews, guarded, still_allowed

State = ImportJob.State
SHOWN = 100
# How many drafts are checked before the editor is asked.
CHECKED = 200


class DraftsForm(ApprovalOfAll, TogetherForm):
    """Asked before the drafts of an import are published, in the versions that were looked at."""

    versions = forms.CharField(widget=forms.HiddenInput)
    seen = SeenField()

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["versions"] = self._stored = versions

    def clean(self):
        cleaned = super().clean()
        if cleaned.pop("versions", "") != self._stored:
            self.data = self.data.copy()
            self.data["versions"], self.data["seen"] = self._stored, str(Seen.now())
            raise ValidationError(
                _("A draft was saved, published or discarded meanwhile. Look at them again.")
            )
        return cleaned


class ReportViews(StepViews):
    def urls(self):
        return [
            ("marked/", self.marked_view, "marked"),
            ("publish/", self.publish_view, "publish"),
            ("undo/", self.undo_view, "undo"),
        ]

    def marked_view(self, request, pk):
        """The uploaded workbook with the faults marked in its cells."""
        from ..error_report import write_marked

        job = self.seen_job(request, pk)
        file = tempfile.TemporaryFile()  # noqa: SIM115 – the response closes it
        try:
            write_marked(file, job)
        except Unreadable as error:
            file.close()
            self.warn(request, str(error))
            return self.to(job)
        file.seek(0)
        name = _("%(name)s, marked.xlsx") % {"name": PurePath(job.name).stem}
        return FileResponse(
            file, as_attachment=True, filename=name, content_type=writing.MIME_TYPES["xlsx"]
        )

    @guarded
    def publish_view(self, request, pk):
        """Ask first, with what cannot be published and why; then publish the drafts together."""
        job = self.seen_job(request, pk)
        if not (jobs.publishes(request.user) and jobs.may_publish(request.user, job)):
            raise PermissionDenied
        if why := nothing_to_publish(job):
            raise NotNow(why)
        checked = looked_at(job)
        unhindered = [draft for draft, why in checked if not why]
        shared = shared_questions(unhindered, self.linked)
        approval = Approval.of(job, request.user)
        form = DraftsForm(
            request.POST if request.method == "POST" else None,
            shared=shared, versions=jobs.versions_seen(job), approval=approval,
        )  # fmt: skip
        if not approval.is_missing and form.is_valid():
            jobs.ask_to_publish(job, by=request.user, **form.cleaned_data)
            self.model_admin.log_change(request, job, _("drafts published"))
            background.launch(job, "publish")
            return self.to(job)
        labels = form.labels or LABELS
        total = sum(rows.count() for rows in jobs.drafts(job).values())
        refused = [(self.linked(draft), why) for draft, why in checked if why]
        return self.step_page(
            request, job, "report", "publish", title=_("Publish the drafts"),
            form=form, ready=total - len(refused), refused=refused[:SHOWN],
            more=max(0, len(refused) - SHOWN), all_checked=total <= CHECKED, checked=CHECKED,
            files=[file for draft in unhindered for file in draft.files_coming_out()],
            labels=labels, submit_label=labels.of(form), drafts=draft_lists(job),
            approval=approval,
            alone=[self.linked(draft) for draft in alone(job)] if approval.alone else [],
            compared=self.compared(job, request.user) if approval.is_his_to_give else [],
        )  # fmt: skip

    def compared(self, job, by):
        """Return [(title, address, Comparison)] of the drafts that are looked at for all."""
        found = []
        for one in sample(job, by):
            admin_of = self.model_admin.admin_site.get_model_admin(type(one.after))
            found.append((admin_of.title_of(one.after), admin_of.edition_url(one.after), one))
        return found

    def linked(self, draft):
        return self.model_admin.admin_site.get_model_admin(type(draft)).linked(draft)

    @guarded
    def undo_view(self, request, pk):
        job = self.own_job(request, pk)
        if job.state != State.APPLIED or not job.is_import:
            raise NotNow(_("Only an import that was taken over can be undone."))
        if not still_allowed(request.user, job):
            raise PermissionDenied
        if request.method != "POST":
            title, out = _("Undo the import"), jobs.published(job)
            drafts = draft_lists(job)
            return self.step_page(
                request, job, "report", "undo", title=title, drafts=drafts, published=out
            )
        background.launch(job, "undo")
        self.model_admin.log_change(request, job, _("undone"))
        return self.to(job)


def outcome(job, user):
    """What the report tells: the drafts there are, how many went out, what was public at once."""
    number = job.findings.get("published")
    sentence = published(number, jobs.when(job)) if number else ""
    amended = publication_impact.amended(job, user)
    links = published_links(job, user) if number else []
    return {
        "drafts": draft_lists(job), "published": sentence, "published_links": links,
        "amended": amended,
    }  # fmt: skip


def published_links(job, user):
    """Return the PublicLinks of what was published together, for each kind that there is."""
    found = []
    for model, rows in jobs.published_together(job).items():
        admin_of, opts = admin.site.get_model_admin(model), model._meta
        if not user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
            continue
        rows = rows.select_related(*model.track_fields[:1]).prefetch_related(*admin_of.title_from)
        address = f"{admin_of.list_url}?import={job.folder}"
        found.append(public_links(admin_of, rows, address))
    return [links for links in found if links.links]


def draft_lists(job):
    """[(label, number, address of the list)] of the drafts that the job made."""
    found = []
    for model, rows in jobs.drafts(job).items():
        opts = model._meta
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
        label = opts.verbose_name_plural
        found.append((label, rows.count(), f"{address}?import={job.folder}&state=draft"))
    return found


def may_publish(user, job):
    """Whether there are drafts of the job that the user may publish."""
    return bool(jobs.drafts(job)) and jobs.may_publish(user, job)


def nothing_to_publish(job):
    """Why there are no drafts of the job to be published (any more); "" when there are."""
    if job.state in (State.UNDOING, State.UNDONE):
        return _("This import was undone already.")
    if job.state == State.PUBLISHING:
        return _("The drafts are being published already.")
    if job.state != State.APPLIED:
        return _("Only an import that was taken over has drafts to publish.")
    if not jobs.drafts(job):
        return _("The drafts were published or discarded already.")
    return ""


def looked_at(job):
    """[(draft, what stands in its way or "")] of the first drafts of a job."""
    left, found = CHECKED, []
    for model, rows in jobs.drafts(job).items():
        drafts = list(rows.select_related(*model.track_fields[:1])[:left])
        left -= len(drafts)
        found += [(draft, obstacle(draft)) for draft in drafts]
    return found
