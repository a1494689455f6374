"""In which language a request is answered."""

import pytest

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.8,en;q=0.5"}


def language_of(response):
    return response.headers["Content-Language"]


def test_the_admin_speaks_the_language_of_the_browser(client, db):
    response = client.get("/admin/login/", **GERMAN)
    assert language_of(response) == "de"
    assert "Accept-Language" in response.headers["Vary"]
    assert '<html lang="de"' in response.content.decode()


@pytest.mark.parametrize("asked", ["en-GB", "es", "", "tlh;q=x"])
def test_it_speaks_the_language_of_the_site_to_others(client, db, asked):
    assert language_of(client.get("/admin/login/", HTTP_ACCEPT_LANGUAGE=asked)) == "en"


def test_the_scripts_of_the_admin_speak_it_too(signed_in):
    script = signed_in("author").get("/admin/jsi18n/", **GERMAN).content.decode()
    assert '"Move up": "Nach oben"' in script


@pytest.mark.parametrize(("address", "language"), [("/", "en"), ("/de/", "de"), ("/fr/", "fr")])
def test_a_public_page_speaks_the_language_of_its_address(client, make_page, address, language):
    make_page("", title="Home")
    assert language_of(client.get(address, **GERMAN)) == language


def test_what_a_form_explains_is_in_that_language_too(signed_in, make_agreement):
    draft = make_agreement("korea", publish=False)
    address = f"/admin/agreements/agreementedition/{draft.pk}/publish/do/"
    page = signed_in("publisher").get(address, **GERMAN).content.decode()
    assert "Ortszeit (Brussels)." in page
