from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.utils import translation

from .models import PageEdition


class PageSitemap(Sitemap):
    """Every live page in every language of the site that it is written in."""

    def items(self):
        live = PageEdition.objects.live().filter(language__in=dict(settings.LANGUAGES))
        return live.select_related("page").order_by("page__path", "language")

    def location(self, item):
        with translation.override(item.language):
            return item.page.get_absolute_url()

    def lastmod(self, item):
        return item.live_from
