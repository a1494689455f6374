"""What is searched: a row for each thing that readers see or are about to see, and the names."""

import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from culturecoop.editions.models import live_at


class SearchDocumentQuerySet(models.QuerySet):
    def live(self, at: datetime.datetime) -> Self:
        """Those of what readers see at `at`."""
        return self.filter(live_at(at))

    def lasting(self, at: datetime.datetime) -> Self:
        """Those of what readers see at `at`, or will."""
        return self.filter(models.Q(live_until=None) | models.Q(live_until__gt=at))


class SearchDocument(models.Model):
    """The words of one edition or file, for the time that readers see it.

    The database indexes the four columns of words by itself (migration 0002), so whatever writes
    a row keeps the index right.
    """

    kind = models.CharField(_("kind"), max_length=20)  # the name of its Source
    object_id = models.BigIntegerField()
    identity_id = models.BigIntegerField()  # of the agreement, the page, the document
    language = models.CharField(_("language"), max_length=7, blank=True)
    live_from = models.DateTimeField(_("published from"))
    live_until = models.DateTimeField(_("published until"), null=True)
    numbers = models.TextField(_("numbers"))
    title = models.TextField(_("title"))
    topics = models.TextField(_("topics"))
    words = models.TextField(_("words"))

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_document_once")
        ]
        indexes = [models.Index(fields=["kind", "identity_id"], name="search_document_identity")]

    def __str__(self):
        return f"{self.kind} {self.object_id}"


class SearchName(models.Model):
    """A name of a topic (a party, a theme), or a word of one, in the form that is compared."""

    class Form(models.TextChoices):
        NAME = "name", _("name")
        CODE = "code", _("code")  # known when it is written in capitals
        WORD = "word", _("word")  # of a name
        SAID = "said", _("name as it is said")  # its words in their order

    key = models.CharField(max_length=250, db_index=True)
    form = models.CharField(max_length=4, choices=Form)
    topic = models.CharField(max_length=30, db_index=True)

    class Meta:
        verbose_name = _("search name")
        verbose_name_plural = _("search names")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["key", "form", "topic"], name="search_name_once")
        ]

    def __str__(self):
        return f"{self.key} → {self.topic}"


class SearchWord(models.Model):
    """A word that was seen in a text or a name: what is spelled almost like it may mean it."""

    word = models.CharField(max_length=60)
    length = models.PositiveSmallIntegerField(db_index=True)
    language = models.CharField(max_length=7, blank=True)  # "" of a name that is of none
    prominent = models.BooleanField()  # in a title or a name

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["word", "language", "prominent"], name="search_word_once"
            )
        ]

    def __str__(self):
        return self.word
