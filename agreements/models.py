"""The register: agreements and their editions; the parts of those are in `parts.py`."""

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from culturecoop.documents import releases, usage
from culturecoop.documents.editions import UsesDocuments
from culturecoop.editions.constraints import edition_constraints
from culturecoop.editions.models import Edition, EditionQuerySet, Identity
from culturecoop.texts import LineField, PlainTextField

from . import claims, compilation, completeness, publication, questions
from .compiled import CompiledAgreement
from .entries import RegisterEntry, RegisterTitle
from .listing import AgreementListing, ListedStanding
from .parties import Membership, Party, PartyAlias, PartyKind, PartyName, Theme, ThemeName
from .parts import (
    AgreementDocument,
    AgreementParty,
    AgreementText,
    Event,
    Reference,
    Relation,
)
from .partyrequests import PartyRequest
from .statusperiods import StatusPeriod, period_on
from .titles import full_title
from .vocabulary import YEAR_KINDS, AgreementKind, Binding, Form, binding_of

__all__ = [
    "Agreement", "AgreementDocument", "AgreementEdition", "AgreementKind", "AgreementListing",
    "AgreementParty", "AgreementText", "CompiledAgreement", "Event", "ListedStanding",
    "Membership", "Party", "PartyAlias", "PartyKind", "PartyName", "PartyRequest", "Reference",
    "RegisterEntry", "RegisterTitle", "Relation", "StatusPeriod", "Theme", "ThemeName",
]  # fmt: skip


class Agreement(Identity):
    """An agreement itself. What it says of itself is in its editions."""

    slug = models.SlugField(
        _("slug"),
        max_length=150,
        unique=True,
        help_text=_("The address of the agreement; a changed one leads on from the old."),
    )

    address_views = (
        "agreements:agreement", "agreements:agreement-data", "agreements:editions",
        "agreements:edition",
    )  # fmt: skip
    address_field = "slug"
    lists_of_editions = ("agreements:editions",)

    class Meta(Identity.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["slug"]
        indexes = [models.Index(Lower("slug"), name="agreement_slug_lower")]

    def __str__(self):
        return self.slug

    def get_absolute_url(self):
        return reverse("agreements:agreement", kwargs={"slug": self.slug})

    def get_editions_url(self):
        return reverse("agreements:editions", kwargs={"slug": self.slug})


class AgreementEditionQuerySet(EditionQuerySet):
    def with_titles(self):
        return self.prefetch_related("texts", "parties__party__names")

    def annotate_status(self, day):
        """Add `status_on_day` (a Status or None) from the stored periods."""
        found = StatusPeriod.objects.filter(period_on(day), edition=models.OuterRef("pk"))
        return self.annotate(status_on_day=models.Subquery(found.values("status")[:1]))


class AgreementEdition(UsesDocuments, Edition):
    """One dated state of what the register says of an agreement."""

    track_fields = ("agreement",)
    public_fields = ("kind", "themes", "legal_basis")
    portion = 200

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="editions", verbose_name=_("agreement")
    )
    kind = models.CharField(
        _("kind"), max_length=40, choices=AgreementKind, default=AgreementKind.AGREEMENT
    )
    form = models.CharField(
        _("form"),
        max_length=20,
        choices=Form,
        blank=True,
        help_text=_(
            "Multilateral: each party is bound for itself, as in a convention with a depositary. "
            "Empty: as the kind and the events suggest; asked at publication."
        ),
    )
    binding = models.CharField(
        _("force in law"),
        max_length=20,
        choices=Binding,
        blank=True,
        help_text=_("Empty: memoranda of understanding and declarations do not bind."),
    )
    themes = models.ManyToManyField(
        Theme,
        blank=True,
        verbose_name=_("themes"),
        help_text=_("Pages that list a theme show this agreement."),
    )
    legal_basis = LineField(
        _("legal basis"), blank=True, help_text=_("Readers see it among the facts.")
    )
    internal_note = PlainTextField(
        _("internal note"), blank=True, help_text=_("Only editors see it; it is never published.")
    )

    objects = AgreementEditionQuerySet.as_manager()

    class Meta(Edition.Meta):
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = edition_constraints("agreement_edition", "agreement")
        permissions = [("publish_agreementedition", _("Can publish agreements"))]

    def __str__(self):
        return f"{self.agreement} {self.number or '–'}"

    @property
    def heading(self):
        text = self.text_in()
        return text.title if text else self.agreement.slug

    @property
    def public_title(self):
        text = self.text_in()
        return self.tell_apart(text.title, text.language) if text else self.agreement.slug

    @property
    def heading_language(self):
        text = self.text_in()
        return text.language if text else get_language()

    def tell_apart(self, title, language):
        return full_title(self, title, language)

    def get_absolute_url(self):
        return reverse(
            "agreements:edition", kwargs={"slug": self.agreement.slug, "number": self.number}
        )

    def text_in(self, language=None):
        """Return the text of a language, else of the source language, else any; or None."""
        texts = {text.language: text for text in self.texts.all()}
        wanted = (language or get_language(), self.agreement.source_language, *texts)
        return next((texts[code] for code in wanted if code in texts), None)

    @property
    def year(self):
        """The year the list of a page speaks of: of the first of its making that is known."""
        events = list(self.events.all())
        for kind in YEAR_KINDS:
            if dates := [event.date for event in events if event.kind == kind]:
                return min(dates).year
        return min((event.date.year for event in events), default=None)

    @property
    def is_binding(self):
        """Whether it binds in law."""
        return binding_of(self) == Binding.BINDING

    @classmethod
    def read_for_publication(cls, drafts):
        read = publication.read_for_publication(drafts)
        super().read_for_publication(drafts)
        return read

    def check_publishable(self, read=None):
        publication.check_publishable(self, read)

    def questions(self, answers=None):
        return [*completeness.missing(self), *questions.questions_about(self, answers)]

    def hints(self):
        return claims.hints_about(self)

    def apply_answers(self, answers):
        publication.settle(self, answers)

    @classmethod
    def store_answers(cls, drafts):
        publication.store_settled(drafts)

    @classmethod
    def after_publish(cls, editions):
        publication.store_periods_of(editions)
        publication.number_wordings(editions)
        super().after_publish(editions)

    def after_unpublish(self):
        releases.recall_files(self.document_ids(), self)
        self.periods.all().delete()

    def document_ids(self):
        """Return the documents that it lists."""
        return {row.document_id for row in self.documents.all()}

    @classmethod
    def read_for_proofs(cls, editions):
        return compilation.read_for_proofs(editions)

    def proofs(self, read=None):
        faults = (publication.period_faults, compilation.entry_faults)
        return [fault for faults_of in faults for fault in faults_of(self, read)]


@usage.finder
def agreements_using(document):
    return AgreementEdition.objects.filter(documents__document=document).with_titles()
