"""What publishing and withdrawing mean for the documents that an edition points to."""

from django.utils import timezone

from . import releases, withdrawals
from .models import Document, DocumentFile
from .usage import documents_of_nothing_else


class UsesDocuments:
    """Mixed into an Edition, before it: `document_ids()` says to which documents it points."""

    def shown_with(self):
        documents = Document.objects.filter(pk__in=self.document_ids())
        files = DocumentFile.objects.filter(document__in=documents)
        return [*super().shown_with(), *documents, *files]

    def files_coming_out(self, at=None):
        return releases.files_coming_out(self.document_ids(), at or timezone.now())

    def documents_left(self):
        return documents_of_nothing_else(self)

    def withdraw_documents(self, pks, *, reason, by, at):
        for document in Document.objects.filter(pk__in=pks):
            withdrawals.withdraw_document(document, reason=reason, by=by, at=at)

    def restore_documents(self, at):
        withdrawals.cancel_withdrawals(at)
