from django.db.models import OuterRef, Subquery

from culturecoop.sitemaps import Sitemap

from .models import Document, DocumentFile


class DocumentSitemap(Sitemap):
    """Every document that has a file readers see."""

    lastmod = "changed"

    def rows(self):
        files = DocumentFile.objects.served().filter(document=OuterRef("pk"))
        newest = files.order_by("-live_from").values("live_from")[:1]
        return Document.objects.annotate(changed=Subquery(newest)).exclude(changed=None)

    def addresses(self, row):
        return [row.get_absolute_url()]
