from django.conf import settings

from culturecoop.sitemaps import Sitemap, in_each_language

from .models import AgreementEdition, AgreementText, Party


class AgreementSitemap(Sitemap):
    """Every live agreement, once for each language of the site that it has a text in."""

    key = "edition__agreement_id"
    lastmod = "edition__live_from"

    def rows(self):
        live = AgreementEdition.objects.live()
        texts = AgreementText.objects.filter(
            edition__in=live, language__in=dict(settings.LANGUAGES)
        )
        return texts.select_related("edition__agreement").only(
            "language", "edition__live_from", "edition__agreement__slug"
        )

    def addresses(self, row):
        return in_each_language(row.edition.agreement, [row.language])


class PartySitemap(Sitemap):
    """Every party that readers have seen, in each language of the site."""

    lastmod = None

    def rows(self):
        return Party.objects.seen()

    def addresses(self, row):
        return in_each_language(row)
