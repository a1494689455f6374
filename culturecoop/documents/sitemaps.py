from django.contrib.sitemaps import Sitemap
from django.db.models import Max, Q

from .models import Document, DocumentFile


class DocumentSitemap(Sitemap):
    """Every document that has a file readers see."""

    def items(self):
        served = Q(files__in=DocumentFile.objects.served())
        changed = Max("files__live_from", filter=served)
        found = Document.objects.annotate(changed=changed).filter(changed__isnull=False)
        return found.order_by("slug")

    def lastmod(self, item):
        return item.changed
