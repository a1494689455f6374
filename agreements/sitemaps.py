from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from culturecoop.editions.models import live_at
from culturecoop.sitemaps import Sitemap, address_maker, in_each_language

from .models import AgreementText, Party


class AgreementSitemap(Sitemap):
    """Every live agreement, once for each language of the site that it has a text in."""

    key = "edition__agreement_id"
    lastmod = "edition__live_from"

    def rows(self):
        live = Q(live_at(timezone.now(), "edition__"), edition__withdrawal=False)
        return AgreementText.objects.filter(live, language__in=dict(settings.LANGUAGES))

    def entries(self, number):
        address = {
            code: address_maker("agreements:agreement", "slug", code)
            for code, _name in settings.LANGUAGES
        }
        columns = ("edition__agreement__slug", "language", self.lastmod)
        for slug, language, changed in self.rows_of(number).values_list(*columns):
            yield address[language](slug), changed


class PartySitemap(Sitemap):
    """Every party that readers have seen, in each language of the site."""

    lastmod = None

    def rows(self):
        return Party.objects.seen()

    def addresses(self, row):
        return in_each_language(row)
