"""The register of the peer: ordinary models, read with what a page needs of them."""

from django.db import models
from django.db.models import Count, Prefetch
from wagtail.snippets.models import register_snippet


@register_snippet
class Theme(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


@register_snippet
class Party(models.Model):
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class PublicationManager(models.Manager):
    """Publications come with their files: no page names one without them."""

    def get_queryset(self):
        files = PublicationFile.objects.select_related("document")
        return super().get_queryset().prefetch_related(Prefetch("files", files))


@register_snippet
class Publication(models.Model):
    """A text in one or more languages."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=300)

    objects = PublicationManager()

    def __str__(self):
        return self.title

    @property
    def main(self):
        return next(iter(self.files.all()), None)

    @property
    def others(self):
        return list(self.files.all())[1:]


class PublicationFile(models.Model):
    publication = models.ForeignKey(Publication, models.CASCADE, related_name="files")
    document = models.ForeignKey("wagtaildocs.Document", models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    language_name = models.CharField(max_length=50)
    pages = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"{self.publication} ({self.language})"


class AgreementQuerySet(models.QuerySet):
    def for_list(self):
        """With the parties that a row names."""
        sides = AgreementParty.objects.filter(is_side=True).select_related("party")
        return self.prefetch_related(Prefetch("parties", sides, to_attr="sides"))

    def for_page(self):
        """With all that its own page tells."""
        rows = AgreementParty.objects.select_related("party")
        events = Event.objects.select_related("party")
        return self.prefetch_related(
            Prefetch("parties", rows),
            Prefetch("events", events),
            "references",
            "themes",
            "publications",
        )

    def statuses(self):
        """How many have which status, in the order of their labels."""
        counts = self.order_by().values("status", "status_group").annotate(count=Count("pk"))
        return counts.order_by("status_group")


class Agreement(models.Model):
    """What ours computes of the status – words, day, sentence – is stored here."""

    slug = models.SlugField(max_length=200, unique=True)
    title = models.CharField(max_length=500)
    kind = models.CharField(max_length=40)
    kind_label = models.CharField(max_length=60)
    status = models.CharField(max_length=40, blank=True)
    status_group = models.CharField(max_length=60, blank=True)
    status_label = models.CharField(max_length=200)
    tone = models.CharField(max_length=20)
    since = models.DateField(null=True)
    since_text = models.CharField(max_length=60, blank=True)
    sentence = models.TextField()
    note = models.TextField(blank=True)
    partners = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    wording = models.TextField(blank=True)
    columns = models.JSONField(default=list)
    beginning = models.CharField(max_length=60, blank=True)
    short_title = models.CharField(max_length=500, blank=True)
    line = models.TextField(blank=True)
    clause = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    updated = models.DateField(auto_now=True)
    themes = models.ManyToManyField(Theme, related_name="agreements")
    publications = models.ManyToManyField(Publication)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "slug"]
        indexes = [models.Index(fields=["-since", "slug"])]

    def __str__(self):
        return self.title


class AgreementParty(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    party = models.ForeignKey(Party, models.PROTECT)
    position = models.PositiveIntegerField()
    is_side = models.BooleanField()  # else the member of a grouping that is one
    role = models.CharField(max_length=40, blank=True)
    status_label = models.CharField(max_length=200, blank=True)
    tone = models.CharField(max_length=20, blank=True)
    since_text = models.CharField(max_length=60, blank=True)
    acts = models.JSONField(default=list)  # a list of [day, words] for each of the columns

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"{self.party}, {self.agreement}"


class Event(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="events")
    party = models.ForeignKey(Party, models.PROTECT, null=True)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=100)
    day = models.CharField(max_length=20)
    date_text = models.CharField(max_length=60)
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)
    source_address = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self):
        return f"{self.kind}, {self.date_text}"


class Reference(models.Model):
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="references")
    scheme = models.CharField(max_length=60)
    value = models.CharField(max_length=200)
    address = models.URLField(max_length=500, blank=True)

    def __str__(self):
        return f"{self.scheme} {self.value}"
