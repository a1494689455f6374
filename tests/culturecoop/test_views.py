"""What the site answers as a whole: its errors, robots, sitemap, icon."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.urls import path
from django.utils import timezone
from lxml import etree

from culturecoop import urls
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.views import server_error

pytestmark = pytest.mark.django_db


def fall_over(request):
    raise RuntimeError("on purpose")


def refuse(request):
    raise PermissionDenied


urlpatterns = [path("fall/", fall_over), path("refuse/", refuse), *urls.urlpatterns]
handler500 = urls.handler500


def test_not_found_has_a_page_of_the_site(make_page, client):
    make_page("")

    assert "There is nothing at this address" in client.get("/nothing/").content.decode()
    response = client.get("/de/nothing/")
    text = response.content.decode()
    assert response.status_code == 404
    assert 'href="/de/agreements/"' in text
    assert "noindex" in text


@pytest.mark.urls(__name__)
def test_errors_and_refusals_have_pages_of_the_site(client):
    client.raise_request_exception = False

    assert "You may not see this page" in client.get("/refuse/").content.decode()
    response = client.get("/fall/")
    assert response.status_code == 500
    text = response.content.decode()
    assert "An error on our side" in text
    nonce = text.split('nonce="')[1].split('"')[0]
    assert f"'nonce-{nonce}'" in response.headers["Content-Security-Policy"]


def test_the_page_of_an_error_needs_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        text = server_error(RequestFactory().get("/")).content.decode()
    assert "<link" not in text
    assert "<style>" in text


def test_robots_name_the_sitemap(client):
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"].startswith("text/plain")
    assert "Disallow: /admin/" in response.content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in response.content.decode()


def test_the_icon_is_where_browsers_look_for_it(client):
    assert client.get("/favicon.ico").headers["Location"].endswith("favicon.ico")


def test_the_sitemap_lists_what_readers_may_find(make_page, make_agreement, make_file, client):
    make_page("")
    make_page("", title="Start", language="de")
    make_page("draft", publish=False)
    make_agreement("korea")
    verbs.withdraw(make_agreement("gone"), reason="A mistake")
    document = Document.objects.create(slug="report", title="The report")
    make_file(document)
    document.files.update(live_from=timezone.now())
    Document.objects.create(slug="empty", title="No file")

    tree = etree.fromstring(client.get("/sitemap.xml").content)
    addresses = {element.text for element in tree.iter("{*}loc")}
    assert addresses == {
        "http://testserver/",
        "http://testserver/de/",
        "http://testserver/agreements/korea/",
        "http://testserver/documents/report/",
    }


def test_pages_load_nothing_from_elsewhere_and_run_no_script(make_page, client):
    make_page("")

    response = client.get("/")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert b"<script" not in response.content
    assert b'src="http' not in response.content
