"""The parts of an edition of an agreement: texts, parties, documents, references, events."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from culturecoop.datefields import PartialDateField
from culturecoop.documents.models import Document
from culturecoop.editions.constraints import part_constraints
from culturecoop.editions.models import EditionPart
from culturecoop.languages import LanguageField, language_name
from culturecoop.links import AddressField
from culturecoop.texts import LineField, PlainTextField

from . import identifiers
from .parties import Party
from .vocabulary import Capacity, EventKind, Scope, Side

EDITION = "agreements.AgreementEdition"


class AgreementText(EditionPart):
    """What an edition says in one language."""

    WORDS = ("official_title", "title", "summary", "line")
    public_fields = ("language", *WORDS, "wording")

    edition = models.ForeignKey(EDITION, models.CASCADE, related_name="texts")
    language = LanguageField()
    official_title = PlainTextField(
        _("official title"), blank=True, help_text=_("As in the authentic text, word for word.")
    )
    title = LineField(_("short title"), help_text=_("Readers see it in lists and as the heading."))
    summary = PlainTextField(
        _("summary"), blank=True, help_text=_("Readers see it under the title, in paragraphs.")
    )
    line = LineField(
        _("line"),
        blank=True,
        help_text=_(
            "Follows the title in lists on pages: “is concluded with the countries of Central "
            "America”. Never write that it is in force or applied: that comes from the events."
        ),
    )
    wording = PlainTextField(
        _("wording as published"),
        blank=True,
        help_text=_("The sentence as an earlier page had it, kept apart from the facts."),
    )
    wording_no = models.PositiveIntegerField(_("wording number"), default=0, editable=False)

    class Meta:
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        ordering = ["language"]
        indexes = [models.Index(fields=["title"], name="agreement_text_title")]
        constraints = [
            *part_constraints("agreement_text"),
            models.UniqueConstraint(fields=["edition", "language"], name="agreement_text_language"),
        ]

    def __str__(self):
        return self.title

    @property
    def title_in_comparison(self):
        return language_name(self.language)

    @property
    def seen_fields(self):
        """All in the languages of the site and of the source; of others the titles."""
        read = (*dict(settings.LANGUAGES), self.edition.agreement.source_language)
        titles = ("language", "official_title", "title")
        return self.public_fields if self.language in read else titles

    @property
    def words(self):
        """Return what a translation follows: all but the wording as published."""
        return [getattr(self, field) for field in self.WORDS]


class AgreementParty(EditionPart):
    """A side of the agreement."""

    public_fields = ("party",)

    edition = models.ForeignKey(EDITION, models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, models.PROTECT, related_name="sides", verbose_name=_("party"))
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    side = models.CharField(
        _("side"),
        max_length=10,
        choices=Side,
        blank=True,
        help_text=_(
            "Empty: ours is the site’s own party, and who was its member when it signed. Events "
            "of our other parties touch their rows alone."
        ),
    )
    capacity = models.CharField(
        _("stands for"),
        max_length=10,
        choices=Capacity,
        blank=True,
        help_text=_("Empty: an organisation for itself, a grouping for its members."),
    )

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["position", "pk"]
        constraints = [
            *part_constraints("agreement_party"),
            models.UniqueConstraint(fields=["edition", "party"], name="agreement_party_once"),
        ]

    def __str__(self):
        return str(self.party)

    @property
    def title_in_comparison(self):
        return self.party.display_name


class AgreementDocument(EditionPart):
    """A document of the agreement: its text, a report on it."""

    public_fields = ("document",)

    edition = models.ForeignKey(EDITION, models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        Document, models.PROTECT, related_name="+", verbose_name=_("document")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["position", "pk"]
        constraints = [
            *part_constraints("agreement_document"),
            models.UniqueConstraint(fields=["edition", "document"], name="agreement_document_once"),
        ]

    def __str__(self):
        return str(self.document)


class Reference(EditionPart):
    """The number of the agreement in a collection: its CELEX number, its place in the OJ."""

    public_fields = ("scheme", "value", "address")

    class Scheme(models.TextChoices):
        CELEX = "celex", _("CELEX")
        ELI = "eli", _("ELI")
        OJ = "oj", _("OJ")
        UNTS = "unts", _("UNTS")
        OTHER = "other", _("other")

    edition = models.ForeignKey(EDITION, models.CASCADE, related_name="references")
    scheme = models.CharField(_("collection"), max_length=10, choices=Scheme, default=Scheme.CELEX)
    value = LineField(_("number"), max_length=200)
    address = AddressField(_("address"), blank=True)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["pk"]
        constraints = part_constraints("agreement_reference")

    def __str__(self):
        return f"{self.get_scheme_display()} {self.value}"

    def clean(self):
        try:
            identifiers.check(self.scheme, self.value)
        except ValidationError as error:
            raise ValidationError({"value": error}) from None


class Relation(EditionPart):
    """How this agreement relates to another one of the register."""

    public_fields = ("kind", "agreement")

    class Kind(models.TextChoices):
        PART_OF = "part_of", _("is part of")
        AMENDS = "amends", _("amends")
        REPLACES = "replaces", _("replaces")

    edition = models.ForeignKey(EDITION, models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=10, choices=Kind)
    agreement = models.ForeignKey(
        "agreements.Agreement",
        models.PROTECT,
        related_name="related_from",
        verbose_name=_("agreement"),
    )

    class Meta:
        verbose_name = _("related agreement")
        verbose_name_plural = _("related agreements")
        ordering = ["kind", "pk"]
        constraints = [
            *part_constraints("agreement_relation"),
            models.UniqueConstraint(
                fields=["edition", "kind", "agreement"], name="agreement_relation_once"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.agreement}"

    @property
    def seen_title(self):
        title = self.agreement.seen_title
        return title and f"{self.get_kind_display()} {title}"

    def clean(self):
        if self.edition_id and self.agreement_id == self.edition.agreement_id:
            raise ValidationError({"agreement": _("An agreement is not related to itself.")})


class Event(EditionPart):
    """A dated legal fact in the life of the agreement, of the whole or of one party."""

    Scope = Scope
    main_field = "date"
    public_fields = (
        "kind", "party", "date", "until", "scope", "part", "note", "source", "source_address",
    )  # fmt: skip

    edition = models.ForeignKey(EDITION, models.CASCADE, related_name="events")
    kind = models.CharField(_("event"), max_length=40, choices=EventKind)
    party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("party"),
        help_text=_("Empty: the event concerns the whole agreement."),
    )
    date = PartialDateField(
        _("date"),
        help_text=_("2007, 12/2007 or 16.12.2007; add ? when uncertain, ~ when approximate."),
    )
    until = PartialDateField(
        _("until"),
        blank=True,
        default=None,
        help_text=_("The last day of effect: of an extension, of an application for a time."),
    )
    scope = models.CharField(_("scope"), max_length=10, choices=Scope, default=Scope.WHOLE)
    part = LineField(
        _("which part"), blank=True, help_text=_("In words that readers see: trade part.")
    )
    note = LineField(_("note"), blank=True, help_text=_("Readers see it beside the date."))
    source = LineField(_("source"), blank=True, help_text=_("Where the fact is written down."))
    source_address = AddressField(_("address of the source"), blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["date", "pk"]
        constraints = [
            *part_constraints("agreement_event"),
            models.CheckConstraint(
                condition=Q(scope__in=["part", "rest"]) | Q(part=""), name="agreement_event_part"
            ),
        ]

    def __str__(self):
        return f"{EventKind(self.kind).label} {self.date}"

    @property
    def title_in_comparison(self):
        return f"{self.subject_in_comparison}, {self.date.display()}"

    @property
    def subject_in_comparison(self):
        kind = str(self.get_kind_display())
        return f"{kind} – {self.party.display_name}" if self.party else kind

    def clean(self):
        if self.part and self.scope == self.Scope.WHOLE:
            raise ValidationError(
                {"scope": gettext("Choose “%(part)s”, or empty the words that name the part.")
                 % {"part": self.Scope.PART.label}}
            )  # fmt: skip
