"""What publishing and withdrawing mean for the documents that an edition points to."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.editions.models import State
from culturecoop.editions.seen import moment

from . import releases, withdrawals
from .models import Document, DocumentFile
from .usage import documents_of_nothing_else


class UsesDocuments:
    """Mixed into an Edition, before it: `document_ids()` says to which documents it points."""

    def shown_with(self):
        documents = Document.objects.filter(pk__in=self.document_ids())
        files = DocumentFile.objects.filter(document__in=documents)
        return [*super().shown_with(), *documents, *files]

    def arrivals(self, since):
        sentence = _("The file “%(what)s”, which becomes public with it, was added on %(when)s.")
        return [
            sentence % {"what": file, "when": moment(file.added_at)}
            for file in self.files_coming_out()
            if file.added_at > since
        ]

    def files_coming_out(self, at=None):
        return releases.files_coming_out(self.document_ids(), at or timezone.now())

    def documents_left(self):
        return documents_of_nothing_else(self)

    def documents_taken(self):
        if not self.withdrawal:
            return []
        return list(withdrawals.taken_along(self).order_by("title", "pk"))

    def withdraw_documents(self, pks):
        for document in Document.objects.filter(pk__in=pks):
            withdrawals.withdraw_along(document, self)
            _log(document, self.published_by, _taken(document, self))

    def restore_documents(self, *, by):
        for document in withdrawals.cancel_along(self):
            _log(document, by, _kept(document, self))


def _taken(document, withdrawal):
    """The sentence of the document's history; what lies ahead is not reported as done."""
    words = {
        "what": document,
        "other": withdrawal.identity.heading,
        "reason": withdrawal.reason,
        "when": moment(withdrawal.live_from),
    }
    if withdrawal.state == State.SCHEDULED:
        sentence = _(
            "Scheduled: the document “%(what)s” will be withdrawn together with “%(other)s” on "
            "%(when)s: %(reason)s"
        )
    else:
        sentence = _("Withdrew the document “%(what)s” together with “%(other)s”: %(reason)s")
    return sentence % words


def _kept(document, withdrawal):
    sentence = _("Cancelled the withdrawal of the document “%(what)s” with that of “%(other)s”.")
    return sentence % {"what": document, "other": withdrawal.identity.heading}


def _log(document, by, sentence):
    """Keep in the document's history what was done to it along with something else."""
    if withdrawals.known(by):
        LogEntry.objects.log_actions(by.pk, [document], CHANGE, sentence, single_object=True)
