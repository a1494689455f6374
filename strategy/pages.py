"""Strategy pages: the tree of pages and their editions. Their blocks are in `blocks.py`."""

from content_editor.models import Region
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.dispatch import receiver
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from culturecoop.documents import releases
from culturecoop.documents.editions import UsesDocuments
from culturecoop.documents.models import Document
from culturecoop.editions.bulk import write
from culturecoop.editions.constraints import edition_constraints
from culturecoop.editions.models import Edition, EditionQuerySet, Identity
from culturecoop.editions.tracks import track_of
from culturecoop.reference import addresses
from culturecoop.reference.signals import amended
from culturecoop.texts import LineField, PlainTextField

from . import hints, pictures, proofs, questions

# Words that the site's own addresses begin with, or that stand inside them.
RESERVED = {
    "admin", "agreements", "api", "data", "documents", "editions", "files", "health", "i18n",
    "images", "parties", "search", "static",
}  # fmt: skip


class Page(Identity):
    """A page itself: its place in the tree. What it says is in its editions, one a language."""

    class Menu(models.TextChoices):
        NONE = "", _("in no menu")
        HEADER = "header", _("header")
        FOOTER = "footer", _("footer")

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent"),
        help_text=_("The page above it in the navigation path; empty only for the home page."),
    )
    slug = models.CharField(
        _("slug"),
        max_length=100,
        blank=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Write small letters, digits and hyphens.")
            )
        ],
        help_text=_("The last part of the address; a changed one leads on from the old."),
    )
    path = models.CharField(_("path"), max_length=500, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Pages of a menu stand in this order.")
    )
    menu = models.CharField(_("menu"), max_length=10, choices=Menu, blank=True, default=Menu.NONE)

    derived_columns = ("path",)
    address_views = (
        "strategy:home", "strategy:home-editions", "strategy:home-edition",
        "strategy:page", "strategy:editions", "strategy:edition",
    )  # fmt: skip
    address_field = "path"
    lists_of_editions = ("strategy:home-editions", "strategy:editions")

    class Meta(Identity.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["path"]

    def __str__(self):
        return f"/{self.path}"

    @property
    def heading(self):
        """What editors call it, in their language when it has that."""
        editions = self.editions.content().select_related("page").order_by("-pk")
        return str(for_reader(editions) or self)

    def get_absolute_url(self):
        if not self.path:
            return reverse("strategy:home")
        return reverse("strategy:page", kwargs={"path": self.path})

    def get_editions_url(self):
        if not self.path:
            return reverse("strategy:home-editions")
        return reverse("strategy:editions", kwargs={"path": self.path})

    def save(self, *args, **kwargs):
        self.path = self.computed_path()
        super().save(*args, **kwargs)

    def computed_path(self):
        return f"{self.parent.path}/{self.slug}".strip("/") if self.parent else self.slug

    def clean(self):
        addresses.hold()
        if self.parent_id:  # read anew: it may have moved meanwhile
            self.parent = Page.objects.filter(pk=self.parent_id).first()
        self.path = self.computed_path()  # the uniqueness of the old one is not the question
        if self.parent is None and self.slug:
            raise ValidationError({"parent": _("Only the home page has no page above it.")})
        if self.parent is not None and not self.slug:
            raise ValidationError({"slug": _("Only the home page has no slug.")})
        if self.slug in self.refused_words():
            raise ValidationError(
                {"slug": _("“%(slug)s” is used by the site itself.") % {"slug": self.slug}}
            )
        if any(page.pk == self.pk for page in self.ancestors() if self.pk):
            raise ValidationError({"parent": _("A page cannot stand below itself.")})
        self.path = self.computed_path()
        self._refuse_long_paths()
        super().clean()

    def _refuse_long_paths(self):
        longest = max((page.path for page in (self, *self.below())), key=len)
        if len(longest) > self._meta.get_field("path").max_length:
            raise ValidationError(
                {"slug": _("The address would be too long: /%(path)s…") % {"path": longest[:80]}}
            )

    def refused_words(self):
        """Return the words that its slug cannot be: the site's own addresses begin with them."""
        at_the_top = self.parent is not None and not self.parent.path
        languages = {code for code, _name in self._meta.get_field("source_language").flatchoices}
        return RESERVED | languages if at_the_top else {"editions"}

    def ancestors(self):
        """The pages above it, the home page first. Ends at a loop."""
        found, page = [], self.parent
        while page is not None and page not in found:
            found.insert(0, page)
            page = page.parent
        return found

    def below(self):
        """The pages below it, the nearest first, with the paths that follow from its own."""
        found = []
        for page in self.children.all() if self.pk else ():
            page.parent = self
            page.path = page.computed_path()
            found += [page, *page.below()]
        return found

    def found(self, at, number=None):
        if number is None:
            return for_reader(self.editions.in_force(at).select_related("page"))
        return self.editions.shown(at).filter(language=get_language(), number=number).first()


@receiver(amended, sender=Page)
def move_pages_below(instance, before, **kwargs):
    """Bring the paths of the pages below up to its own."""
    if before and before["path"] != instance.path:
        for page in instance.below():
            page.save()


def for_reader(standing):
    """Of editions in several languages the reader's, else that of the source, else any live."""

    def rank(row):
        own = row.language == get_language()
        return (not own, row.is_translation, row.withdrawal, row.language)

    return min(standing, key=rank, default=None)


class PageEdition(UsesDocuments, Edition):
    """One dated state of a page in one language: its title, its lead and its blocks."""

    track_fields = ("page", "language")
    public_fields = ("title", "lead")

    page = models.ForeignKey(Page, models.PROTECT, related_name="editions", verbose_name=_("page"))
    language = Page._meta.get_field("source_language").clone()
    title = LineField(
        _("title"), max_length=300, help_text=_("The heading of the page, and its name in menus.")
    )
    lead = PlainTextField(
        _("lead"), blank=True, help_text=_("Readers see it in larger type under the title.")
    )
    wording_no = models.PositiveIntegerField(_("wording number"), default=0, editable=False)

    objects = EditionQuerySet.as_manager()

    regions = [
        Region(key="main", title=_("Main")),
        Region(key="in_depth", title=_("In depth")),
        Region(key="more", title=_("More information")),
    ]

    class Meta(Edition.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        constraints = edition_constraints("page_edition", "page", "language")
        permissions = [("publish_pageedition", _("Can publish pages"))]

    def __str__(self):
        return self.title or str(self.page)

    def get_absolute_url(self):
        """Where readers saw it: in its own language, as every language counts its editions."""
        spoken = self.language in dict(settings.LANGUAGES)
        with translation.override(self.language if spoken else translation.get_language()):
            if not self.page.path:
                return reverse("strategy:home-edition", kwargs={"number": self.number})
            place = {"path": self.page.path, "number": self.number}
            return reverse("strategy:edition", kwargs=place)

    @property
    def is_translation(self):
        return self.language != self.page.source_language

    def source_at(self, at):
        """The edition in the source language that readers see at `at`, or None."""
        editions = PageEdition.objects.filter(page=self.page, language=self.page.source_language)
        return editions.live(at).first()

    @property
    def heading_language(self):
        return self.language

    def check_publishable(self, read=None):
        if not self.title:
            raise ValidationError({"title": _("A page needs a title before readers see it.")})

    def places(self):
        menu = self.page.get_menu_display()
        named = _("It is in a menu: %(menu)s.") if self.page.menu else _("It is in no menu.")
        return [*super().places(), named % {"menu": menu}]

    def shown_with(self):
        """With the pages above it, whose slugs are in its address."""
        return [*super().shown_with(), *self.page.ancestors()]

    def questions(self, answers=None):
        return questions.questions_about(self)

    def hints(self):
        return hints.hints_about(self)

    @classmethod
    def after_publish(cls, editions):
        for edition in editions:
            edition.wording_no = edition._wording_number()
            write([edition], ["wording_no"])
        images = (image for edition in editions for image in edition.strategy_image_set.all())
        pictures.make_afterwards([image.file.name for image in images])
        super().after_publish(editions)

    def after_unpublish(self):
        releases.recall_files(self.document_ids(), self)

    @classmethod
    def read_for_proofs(cls, editions):
        return proofs.read_along(editions)

    def proofs(self, read=None):
        return [*proofs.block_faults(self, read), *proofs.address_faults(self)]

    def _wording_number(self):
        """The number of the source's wording: raised unless the meaning is unchanged."""
        if self.is_translation:
            source = self.source_at(self.live_from)
            return source.wording_no if source else 0
        last = track_of(self).content_before(self.live_from)
        return last.wording_no + (not self.meaning_unchanged) if last else 1

    def document_ids(self):
        """Return the ids of the documents that its blocks point to, also inside texts."""
        ids = set()
        for blocks in (self.strategy_link_set, self.strategy_milestone_set):
            ids.update(blocks.exclude(document=None).values_list("document", flat=True))
        slugs = {slug for text in self.strategy_text_set.all() for slug in text.document_slugs()}
        if slugs:
            ids.update(Document.objects.filter(slug__in=slugs).values_list("pk", flat=True))
        return ids
