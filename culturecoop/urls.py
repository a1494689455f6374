"""All addresses of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.decorators.http import require_safe

from agreements.sitemaps import AgreementSitemap, PartySitemap
from culturecoop.documents.sitemaps import DocumentSitemap
from culturecoop.editions.changes import kept
from culturecoop.publicpages import public_page
from culturecoop.search.views import search
from strategy.sitemaps import PageSitemap
from strategy.views import image

from . import health, sitemaps, views

SITEMAPS = {
    "pages": PageSitemap(),
    "agreements": AgreementSitemap(),
    "parties": PartySitemap(),
    "documents": DocumentSitemap(),
}

handler400 = "culturecoop.views.bad_request"
handler500 = "culturecoop.views.server_error"

urlpatterns = [
    path("admin/", admin.site.urls),
    path(health.LIVE.lstrip("/"), health.live, name="health-live"),
    path(health.READY.lstrip("/"), health.ready, name="health-ready"),
    path("robots.txt", views.robots, name="robots"),
    path(
        "sitemap.xml",
        public_page(require_safe(sitemaps.index)),
        {"sections": SITEMAPS, "kept": kept},
        name="sitemap",
    ),
    path(
        "sitemap-<slug:section>-<int:number>.xml",
        public_page(require_safe(sitemaps.file)),
        {"sections": SITEMAPS},
        name="sitemap-file",
    ),
    path("favicon.ico", views.favicon, name="favicon"),
    path("files/images/<path:name>", image, name="image"),
    path("files/pictures/<path:name>/<int:width>.webp", image, name="picture"),
    *i18n_patterns(
        path("", include("agreements.urls")),
        path("documents/", include("culturecoop.documents.urls")),
        path("search/", search, name="search"),
        path("", include("strategy.urls")),
        prefix_default_language=False,
    ),
]
