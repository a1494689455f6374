from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from .models import Document, DocumentFile


class DocumentSitemap(Sitemap):
    """Every document that has a file readers see."""

    def items(self):
        now = timezone.now()
        public = DocumentFile.objects.public(now).filter(document=OuterRef("pk"))
        changed = Max("files__live_from", filter=Q(files__live_from__lte=now))
        return Document.objects.filter(Exists(public)).annotate(changed=changed).order_by("slug")

    def lastmod(self, item):
        return item.changed
