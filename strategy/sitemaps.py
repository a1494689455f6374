from django.conf import settings

from culturecoop.sitemaps import Sitemap, in_each_language

from .models import PageEdition


class PageSitemap(Sitemap):
    """Every live page in every language of the site that it is written in."""

    key = "page_id"

    def rows(self):
        live = PageEdition.objects.live().filter(language__in=dict(settings.LANGUAGES))
        return live.select_related("page").only("language", "live_from", "page__path")

    def addresses(self, row):
        return in_each_language(row.page, [row.language])
