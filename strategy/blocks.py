"""The pieces of a page. A page is an ordered list of blocks in three regions."""

import re
from html import unescape

from content_editor.models import create_plugin_base
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementKind, Theme
from culturecoop.datefields import PartialDateField
from culturecoop.documents import usage
from culturecoop.documents.models import Document
from culturecoop.editions.constraints import part_constraints
from culturecoop.editions.models import EditionPart
from culturecoop.editions.redirects import own_path
from culturecoop.links import AddressField, addresses_in
from culturecoop.reference import pointing
from culturecoop.reference.addresses import is_at
from culturecoop.richtext import RichTextField
from culturecoop.texts import LineField, PlainTextField

from . import pictures
from .pages import Page, PageEdition

PagePlugin = create_plugin_base(PageEdition)
PICTURE_HELP = _(
    "PNG, JPEG or WebP. Readers get it upright, in fitting sizes, without the place and other data "
    "of the camera; of a moving picture the first image."
)
DOCUMENT_LINK = re.compile(r'href="(?:/[a-z]{2})?/documents/([-\w]+)/')


class Block(EditionPart, PagePlugin):
    """What all kinds of blocks share: the page edition (`parent`), the region and the order."""

    section = _("blocks")

    class Meta(PagePlugin.Meta):
        abstract = True

    def get_region_display(self):
        return next((one.title for one in PageEdition.regions if one.key == self.region), "")


class Text(Block):
    """Rich text. A link to a document shows its type, size and languages by itself."""

    public_fields = ("text",)

    text = RichTextField(_("text"))

    class Meta(Block.Meta):
        verbose_name = _("text")
        verbose_name_plural = _("texts")
        constraints = part_constraints("block_text", "parent")

    def __str__(self):
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.text)).split())[:60]

    def addresses(self):
        return addresses_in(self.text)

    def document_slugs(self):
        """Return the slugs of the documents that the text links to."""
        return DOCUMENT_LINK.findall(self.text)

    def points_to(self, document):
        return document.slug in self.document_slugs()


class Target(models.Model):
    """Where something leads: a document, or an address."""

    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("document"),
        help_text=_("Its title, type, size and languages are shown by themselves."),
    )
    address = AddressField(_("address"), blank=True)

    class Meta:
        abstract = True

    def targets(self):
        return [target for target in (self.document_id, self.address) if target]

    def addresses(self):
        return [self.address]

    def points_to(self, document):
        return self.document_id == document.pk

    def clean(self):
        super().clean()
        if len(self.targets()) > 1:
            raise ValidationError(_("Choose one target only; readers can follow just one."))


class Milestone(Target, Block):
    """A dated step: who did what, with a document or an address to read."""

    public_fields = ("date", "actor", "text", "link_text", "document", "address")

    date = PartialDateField(
        _("date"), blank=True, default="", help_text=_("2007, 12/2007 or 16.12.2007.")
    )
    actor = LineField(_("who"), max_length=200, blank=True)
    text = LineField(_("text"), blank=True, help_text=_("Stands between who and the link."))
    link_text = LineField(
        _("text of the link"),
        blank=True,
        help_text=_("Empty: the title of the document. Without a target it shows as text."),
    )

    class Meta(Block.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = part_constraints("block_milestone", "parent")

    def __str__(self):
        return f"{self.date or ''} {self.actor} {self.text}".strip()

    @property
    def title_in_comparison(self):
        return " ".join(filter(None, (self.date and self.date.display(), self.actor, self.text)))


class Link(Target, Block):
    """A line that leads to a document, a page, an agreement or an address.

    Without any, or to what readers cannot open, it shows as text.
    """

    public_fields = ("heading", "title", "document", "page", "agreement", "address")

    heading = LineField(
        _("heading"),
        max_length=200,
        blank=True,
        help_text=_("Links that follow each other under the same heading make one group."),
    )
    title = LineField(
        _("title"),
        blank=True,
        help_text=_("Empty: the title of the document, the page or the agreement."),
    )
    page = models.ForeignKey(
        Page, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("page")
    )
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agreement"),
    )

    class Meta(Block.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = part_constraints("block_link", "parent")

    def __str__(self):
        return self.title or str(self.document or self.page or self.agreement or self.address)

    @property
    def seen_title(self):
        target = self.page or self.agreement
        return self.title or str(self.document or self.address) or (target and target.seen_title)

    def targets(self):
        return super().targets() + [pk for pk in (self.page_id, self.agreement_id) if pk]

    def addresses(self):
        target = self.page or self.agreement
        return [target.get_absolute_url()] if target else super().addresses()

    def clean(self):
        super().clean()
        if not self.title and not (self.document_id or self.page_id or self.agreement_id):
            message = _("Give a title, a document, a page or an agreement.")
            raise ValidationError({"title": message})


class Image(Block):
    """A picture with its text alternative."""

    public_fields = ("file", "alternative", "caption", "credit")

    file = models.ImageField(
        _("file"),
        upload_to="images/%Y/",
        width_field="width",
        height_field="height",
        help_text=PICTURE_HELP,
    )
    width = models.PositiveIntegerField(editable=False, null=True)
    height = models.PositiveIntegerField(editable=False, null=True)
    alternative = LineField(
        _("text alternative"),
        blank=True,
        help_text=_("What the picture says, for those who do not see it. Empty: decoration."),
    )
    caption = PlainTextField(_("caption"), blank=True)
    credit = LineField(_("credit"), max_length=200, blank=True)

    class Meta(Block.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        constraints = part_constraints("block_image", "parent")

    def __str__(self):
        return self.alternative or self.file.name

    @property
    def seen_title(self):
        return self.alternative

    def save(self, *args, **kwargs):
        rendering = pictures.rendering_of(self.file)
        super().save(*args, **kwargs)
        pictures.keep(self.file.name, rendering)


class AgreementList(Block):
    """The agreements of a theme, each in a line with its status on the day."""

    class Order(models.TextChoices):
        PARTNER = "partner", _("by partner")
        YEAR = "year", _("by year")
        NEWEST = "newest", _("newest first")

    LIMIT = 20
    public_fields = ("theme", "kinds", "order")

    theme = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("theme"),
        help_text=_("Empty: agreements of all themes."),
    )
    kinds = models.JSONField(
        _("kinds"), default=list, blank=True, help_text=_("None chosen: agreements of all kinds.")
    )
    order = models.CharField(_("order"), max_length=10, choices=Order, default=Order.PARTNER)

    class Meta(Block.Meta):
        verbose_name = _("list of agreements")
        verbose_name_plural = _("lists of agreements")
        constraints = part_constraints("block_agreement_list", "parent")

    def __str__(self):
        return str(self.theme or _("all agreements"))

    @property
    def title_in_comparison(self):
        return self.theme.display_name if self.theme else str(_("all agreements"))

    def get_kinds_display(self):
        return ", ".join(str(dict(AgreementKind.choices).get(kind, kind)) for kind in self.kinds)

    def clean(self):
        unknown = set(self.kinds or []) - set(AgreementKind.values)
        if unknown:
            raise ValidationError(
                {"kinds": _("Unknown kinds: %(kinds)s.") % {"kinds": ", ".join(sorted(unknown))}}
            )


BLOCKS = (Text, Milestone, Link, Image, AgreementList)


@pointing.finder
def pages_linking(moved):
    """The page editions of now and ahead whose texts link to a moved address."""
    texts = Text.objects.filter(text__icontains=moved.old_path.rstrip("/"))
    current = PageEdition.objects.current_for_editor() | PageEdition.objects.in_force()
    for text in texts.filter(parent__in=current.values("pk")).select_related("parent__page"):
        paths = (own_path(address) for address in text.addresses())
        if any(path and is_at(path, moved) for path in paths):
            yield text.parent


@usage.finder
def pages_using(document):
    """By a block that points to it, or by a link inside a text."""
    inside = models.Q(strategy_text_set__text__contains=f"/documents/{document.slug}/")
    link = models.Q(strategy_link_set__document=document)
    milestone = models.Q(strategy_milestone_set__document=document)
    return PageEdition.objects.filter(inside | link | milestone).distinct()
