from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import translation

from .models import AgreementEdition, AgreementText


class AgreementSitemap(Sitemap):
    """Every live agreement, once for each language of the site that it has a text in."""

    def items(self):
        live = AgreementEdition.objects.live()
        texts = AgreementText.objects.filter(
            edition__in=live, language__in=dict(settings.LANGUAGES)
        )
        rows = texts.order_by("edition__agreement__slug", "language")
        return rows.values_list("edition__agreement__slug", "language", "edition__live_from")

    def location(self, item):
        slug, language, _since = item
        with translation.override(language):
            return reverse("agreements:agreement", kwargs={"slug": slug})

    def lastmod(self, item):
        return item[2]
