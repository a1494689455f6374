"""What publishing and withdrawing mean for the documents that an edition points to."""

from collections import defaultdict

from django.contrib.admin.models import CHANGE, LogEntry
from django.utils import timezone
from django.utils.translation import gettext as _

from culturecoop.editions.models import State
from culturecoop.editions.seen import moment

from . import releases, withdrawals
from .models import Document
from .usage import documents_of_nothing_else


class UsesDocuments:
    """Mixed into an Edition, before it: `document_ids()` says to which documents it points."""

    @classmethod
    def read_for_publication(cls, drafts):
        """Lock the documents of drafts, so that no file comes meanwhile; read them, with files."""
        pointed = {draft: draft.document_ids() for draft in drafts}
        withdrawals.lock_all(set().union(*pointed.values()))
        documents = _with_files(set().union(*pointed.values()))
        for draft, pks in pointed.items():
            draft.documents_read = [document for document in documents if document.pk in pks]

    def documents_used(self):
        """Return the documents that it points to, with their files, as they were read along."""
        read = getattr(self, "documents_read", None)
        return _with_files(self.document_ids()) if read is None else read

    def shown_with(self):
        documents = self.documents_used()
        files = (file for document in documents for file in document.files.all())
        return [*super().shown_with(), *documents, *files]

    def arrivals(self, since):
        sentence = _("The file “%(what)s”, which becomes public with it, was added on %(when)s.")
        return [
            sentence % {"what": file, "when": moment(file.added_at)}
            for file in self.files_coming_out()
            if file.added_at > since
        ]

    def files_coming_out(self, at=None):
        return releases.files_coming_out(self.documents_used(), at or timezone.now())

    @classmethod
    def after_publish(cls, editions):
        super().after_publish(editions)
        documents = defaultdict(set)
        for edition in editions:
            documents[edition.live_from].update(row.pk for row in edition.documents_used())
        for at, pks in documents.items():
            releases.release_files(pks, at)

    def documents_left(self):
        return documents_of_nothing_else(self)

    def documents_taken(self):
        if not self.withdrawal:
            return []
        return list(withdrawals.taken_along(self).order_by("title", "pk"))

    def withdraw_documents(self, pks):
        for document in Document.objects.filter(pk__in=pks).order_by("pk"):
            withdrawals.withdraw_along(document, self)
            _log(document, self.published_by, _taken(document, self))

    def restore_documents(self, *, by):
        for document in withdrawals.cancel_along(self):
            _log(document, by, _kept(document, self))


def _with_files(pks):
    """Return the documents of these ids, in the order of their titles, with their files."""
    return list(Document.objects.filter(pk__in=pks).prefetch_related("files")) if pks else []


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
