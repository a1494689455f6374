"""Parties: countries, regional groupings and international organisations. Reference data."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from culturecoop.languages import LanguageField, country_name
from culturecoop.reference.models import ReferenceData
from culturecoop.texts import LineField

#: What is well known by its initials, in the reader's language.
SHORT_NAMES = {"EU": pgettext_lazy("short for the European Union", "EU")}


CODE_SIGNS = RegexValidator(
    r"^(?=.*[A-Z])[A-Z0-9][A-Z0-9-]*$",
    _("Write capital letters, also digits and hyphens: KR, CAN."),
)


class PartyKind(models.TextChoices):
    COUNTRY = "country", _("country")
    FORMER_COUNTRY = "former_country", _("former country")
    GROUPING = "grouping", _("regional grouping")
    ORGANISATION = "organisation", _("international organisation")


class PartyQuerySet(models.QuerySet):
    def seen(self, at=None):
        """Those that readers have seen by `at` (default: now) in an agreement.

        With the members of groupings in them. Nobody learns of others, with whom something may be
        in preparation.
        """
        at, pk = at or timezone.now(), models.OuterRef("pk")
        sides = Party.objects.filter(pk=pk, sides__edition__live_from__lte=at)
        members = Membership.objects.filter(member=pk, grouping__sides__edition__live_from__lte=at)
        return self.filter(models.Exists(sides) | models.Exists(members))


class Party(ReferenceData):
    """A country (also a former one), a regional grouping or an international organisation."""

    code = models.CharField(
        _("code"),
        max_length=24,
        unique=True,
        validators=[CODE_SIGNS],
        help_text=_(
            "For a country its two letters in ISO 3166 (KR); spreadsheets and addresses use it."
        ),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PartyKind, default=PartyKind.COUNTRY)
    name = LineField(
        _("name"),
        max_length=200,
        blank=True,
        help_text=_("Leave it empty for a country to show its usual name in every language."),
    )

    address_views = ("agreements:party",)
    address_field = "code"

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["code"]

    def __str__(self):
        return self.name or country_name(self.code) or self.code

    def get_absolute_url(self):
        """Return the address of its page; of an old code without letters, that of the register."""
        if self.code.upper() == self.code.lower():
            return reverse("agreements:register")
        return reverse("agreements:party", kwargs={"code": self.code})

    def was_seen(self, at=None):
        return Party.objects.seen(at).filter(pk=self.pk).exists()

    def clean(self):
        super().clean()
        self.refuse_nameless()

    def refuse_nameless(self):
        """Raise ValidationError when it is called nothing."""
        if not self.name and not country_name(self.code, "en"):
            raise ValidationError(
                {"name": _("No country has the code “%(code)s”: give a name.")
                 % {"code": self.code}}
            )  # fmt: skip

    def name_in(self, language=None):
        """Return the name in a language (default: the active one). Prefetch `names` for lists."""
        language = language or get_language() or "en"
        own = next((row.name for row in self.names.all() if row.language == language), "")
        if own or (self.name and language == "en"):
            return own or self.name
        return country_name(self.code, language) or str(self)

    @property
    def display_name(self):
        return self.name_in()

    @property
    def short_name(self):
        """Return what it is called where there is little room."""
        return SHORT_NAMES.get(self.code) or self.display_name


class PartyName(ReferenceData):
    """The name of a party in one language, where the usual one will not do."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="names")
    language = LanguageField()
    name = LineField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("name of a party")
        verbose_name_plural = _("names of parties")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["party", "language"], name="party_name_language")
        ]

    def __str__(self):
        return f"{self.name} ({self.language})"


class PartyAlias(ReferenceData):
    """Another name that spreadsheets use for a party."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="aliases")
    alias = LineField(_("alias"), max_length=200)

    class Meta:
        verbose_name = _("alias of a party")
        verbose_name_plural = _("aliases of parties")
        ordering = ["alias"]
        constraints = [models.UniqueConstraint(Lower("alias"), name="party_alias_once")]

    def __str__(self):
        return self.alias


class Membership(ReferenceData):
    """That a party belongs to a grouping, from a day until a day (exclusive)."""

    grouping = models.ForeignKey(
        Party, models.CASCADE, related_name="memberships", verbose_name=_("grouping")
    )
    member = models.ForeignKey(
        Party, models.PROTECT, related_name="member_of", verbose_name=_("member")
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(
        _("no longer a member from"),
        null=True,
        blank=True,
        help_text=_("The first day it was no member any more."),
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["member__code", "since"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(grouping=models.F("member")), name="membership_not_in_itself"
            ),
            models.CheckConstraint(
                condition=models.Q(since__isnull=True)
                | models.Q(until__isnull=True)
                | models.Q(since__lt=models.F("until")),
                name="membership_since_until",
            ),
        ]

    def __str__(self):
        return f"{self.member} – {self.grouping}"


class Theme(ReferenceData):
    """The subject that ties agreements to the pages that show them."""

    slug = models.SlugField(
        _("code"), max_length=60, unique=True, help_text=_("Spreadsheets and addresses use it.")
    )
    name = LineField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def display_name(self):
        """The name in the active language. Prefetch `names` for lists."""
        language = get_language()
        return next((row.name for row in self.names.all() if row.language == language), self.name)


class ThemeName(ReferenceData):
    """The name of a theme in one more language."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="names")
    language = LanguageField()
    name = LineField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("name of a theme")
        verbose_name_plural = _("names of themes")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "language"], name="theme_name_language")
        ]

    def __str__(self):
        return f"{self.name} ({self.language})"
