"""What kinds of editions and of parts add: each method is called by verbs, and may be left out."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from culturecoop.reference.addresses import address_of


class PartHooks:
    """The base of EditionPart: what a comparison tells of it."""

    #: The fields that readers see; each other one is internal.
    public_fields: tuple[str, ...] = ()
    #: What it is compared under, with parts of other models; None: by itself.
    section: Any = None
    #: The field that stands for all of it in a sentence about what changed, such as its date.
    main_field = ""

    @property
    def title_in_comparison(self):
        """What tells it apart from others of its kind, in words."""
        return str(self)

    @property
    def seen_title(self):
        """What readers know it by, "" without a name; None where they do not see it."""
        return self.title_in_comparison

    @property
    def seen_fields(self):
        """The names of the fields of this row that readers see."""
        return self.public_fields

    @property
    def subject_in_comparison(self):
        """The same without what the main field says."""
        return self.title_in_comparison


class EditionHooks:
    """The base of Edition: an app overrides what its editions need."""

    #: The fields, also of several values, that readers see; each other one is internal.
    public_fields: tuple[str, ...] = ()

    #: So many drafts at most are looked at before the first of them is published: one where what is
    #: asked about a draft, or stored of it, can depend on another that is published before it.
    portion = 1
    #: What rows point to that the verb `revert` could not bring back, because it is gone.
    left_out: Sequence[str] = ()

    @property
    def heading(self):
        """What editors call it."""
        return str(self)

    @property
    def public_title(self):
        """What readers know it by."""
        return self.heading

    @property
    def heading_language(self):
        """The language of both."""
        return get_language()

    def tell_apart(self, title, language):
        """Return the title of a document of it, with what tells it from others of that title."""
        return title

    @classmethod
    def read_for_publication(cls, drafts):
        """Read along what is looked at of drafts, in few queries.

        Return what each call of `check_publishable` gets of it.
        """

    def check_publishable(self, read=None):
        """Raise ValidationError when readers could not be shown this edition."""

    def questions(self, answers=None):
        """The Questions to be answered before this edition is published.

        What was answered can raise others: `answers` is {code: answer}.
        """
        return []

    def hints(self):
        """Return the Hints about this draft, which need no answer."""
        return []

    def places(self):
        """Return sentences that say where readers will find it."""
        return [_("Readers find it at %(address)s.") % {"address": address_of(self.identity)}]

    def shown_with(self):
        """Return the rows of reference data whose words or address readers see with it."""
        return [self.identity]

    def arrivals(self, since):
        """Return sentences about what would become public with it and was not there at `since`."""
        return []

    def files_coming_out(self, at=None):
        """Return the files that would become public with it at `at` (default: now)."""
        return []

    def documents_left(self):
        """Return the documents that readers would still see if it were withdrawn, for nothing."""
        return []

    def documents_taken(self):
        """Return the documents that this withdrawal took along, or will."""
        return []

    def withdraw_documents(self, pks):
        """Take documents along with this withdrawal. Runs inside the verb's transaction."""

    def restore_documents(self, *, by):
        """Take back `withdraw_documents`: this withdrawal, which lay ahead, was cancelled."""

    def apply_answers(self, answers):
        """Set in the draft, unsaved, what was chosen, or left to what is proposed."""

    @classmethod
    def store_answers(cls, drafts):
        """Save what `apply_answers` set in drafts. Runs inside the verb's transaction."""

    @classmethod
    def after_publish(cls, editions):
        """Derive what is stored at publication. Runs inside the verb's transaction."""

    def after_unpublish(self):
        """Take back what `after_publish` did: the schedule was cancelled."""

    @classmethod
    def read_for_proofs(cls, editions):
        """Read along what `proofs` looks at, in few queries; return what each call gets of it."""

    def proofs(self, read=None):
        """Sentences about stored copies of this edition that are not what they should be."""
        return []
