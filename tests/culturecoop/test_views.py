"""What the site answers as a whole: its errors, robots, sitemap, icon."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.urls import path
from django.utils import timezone
from lxml import etree

from agreements.models import AgreementEdition
from culturecoop import sitemaps, urls
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


def listed(client):
    """The addresses in all files of the sitemap."""

    def locations(address):
        tree = etree.fromstring(client.get(address).content)
        return [element.text for element in tree.iter("{*}loc")]

    return {found for file in locations("/sitemap.xml") for found in locations(file)}


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

    assert listed(client) == {
        "http://testserver/",
        "http://testserver/de/",
        "http://testserver/agreements/korea/",
        "http://testserver/documents/report/",
    }


def test_a_sitemap_is_cut_into_files_that_list_everything_once(make_agreement, client, monkeypatch):
    monkeypatch.setattr(sitemaps, "SIZE", 2)
    for number in range(5):
        make_agreement(f"a{number}")
    verbs.withdraw(AgreementEdition.objects.live().get(agreement__slug="a2"), reason="A mistake")

    index = client.get("/sitemap.xml").content.decode()
    assert index.count("/sitemap-agreements-") in (2, 3)  # as the keys are cut
    expected = {f"http://testserver/agreements/a{number}/" for number in (0, 1, 3, 4)}
    assert {address for address in listed(client) if "/agreements/" in address} == expected


@pytest.mark.parametrize("name", ["agreements-9", "nothing-0", f"pages-{10**30}"])
def test_a_file_that_the_sitemap_does_not_name(client, db, name):
    assert client.get(f"/sitemap-{name}.xml").status_code == 404


def test_pages_load_nothing_from_elsewhere_and_run_no_script(make_page, client):
    make_page("")

    response = client.get("/")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert b"<script" not in response.content
    assert b'src="http' not in response.content
