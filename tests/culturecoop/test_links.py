"""Where links may lead: in rich text, in fields of addresses, and what is said about it."""

import pytest
from django import forms
from django.core.exceptions import ValidationError

from culturecoop import links
from culturecoop.documents.models import DocumentFile
from culturecoop.richtext import sanitized
from strategy.blocks import Text

EVERYWHERE = [
    "https://example.org",
    "http://example.org:8080/a?b=c@d#e",
    "https://пример.рф/страница",
    "https://xn--e1afmkfd.xn--p1ai/",
    "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:22011A0514(01)",
]
INSIDE_ONLY = ["/", "/agreements/korea/", "/de/documents/report/?a=b", "#why", "mailto:a@b.org"]
NOWHERE = [
    "//example.org/a",
    "///example.org",
    "/\\example.org",
    "\\\\example.org",
    "https:\\\\example.org",
    "https://example.org\\@evil.example",
    "https:example.org",
    "https:///example.org",
    "ftp://example.org/a",
    "https://ada:secret@example.org/",
    "https://europa.eu@evil.example/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "https://example.org/a b",
    "https://exam\xa0ple.org",
    "https://[::1/",
    "https://example.org:99999/",
    "http://example.org:0/a",
    "https://",
    "example.org",
    "page-below",
    "?on=2020-01-01",
    "ada@example.org",
    "mailto:",
    "/admin",
    "/admin/",
    "/admin/strategy/page/",
    "/x/../admin/",
    "/%61dmin/",
    "/./admin/?next=/",
    "http://localhost/admin/",
]


@pytest.mark.parametrize("address", EVERYWHERE)
def test_whole_addresses_are_taken_as_they_are(address):
    assert links.mended(address) == address
    assert links.why_refused(address) == links.why_refused(address, inside=True) == ""


@pytest.mark.parametrize("address", INSIDE_ONLY)
def test_rich_text_also_leads_to_places_of_the_site(address):
    assert links.why_refused(address, inside=True) == ""
    assert links.why_refused(address)


@pytest.mark.parametrize("address", NOWHERE)
def test_other_addresses_are_refused_with_what_was_expected(address):
    assert links.why_refused(links.mended(address)).endswith(".")
    assert links.why_refused(links.mended(address), inside=True).endswith(".")
    with pytest.raises(ValidationError):
        DocumentFile._meta.get_field("address").clean(address, None)


@pytest.mark.parametrize("address", NOWHERE)
def test_a_refused_link_in_a_rich_text_is_told_and_never_shown(address):
    text = f"<p>See <a href='{address}'>our <em>report</em></a>.</p>"

    with pytest.raises(ValidationError) as told:
        Text._meta.get_field("text").clean(text, None)
    assert "The link “our report” cannot lead to “" in told.value.messages[0]
    assert "href" not in sanitized(text)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("www.example.org", "https://www.example.org"),
        ("  WWW.example.org/a?b  ", "https://WWW.example.org/a?b"),
        (" https://example.org\n", "https://example.org"),
    ],
)
def test_what_lacks_its_scheme_is_mended(typed, stored):
    assert links.mended(typed) == stored
    assert DocumentFile._meta.get_field("address").clean(typed, None) == stored
    text = Text._meta.get_field("text").clean(f'<p><a href="{typed}">a</a></p>', None)
    assert text == f'<p><a href="{stored}">a</a></p>'


@pytest.mark.parametrize("address", ["www.x", "www.a@b.org", "www.a.org@b.org", "wwww.a.org"])
def test_what_only_looks_like_it_is_refused(address):
    assert links.why_refused(links.mended(address), inside=True)


class Form(forms.Form):
    text = Text._meta.get_field("text").formfield(required=False)
    address = DocumentFile._meta.get_field("address").formfield(required=False)


def test_what_was_mended_is_said_once():
    text = '<p><a href="www.a.org">a</a> <a href="www.a.org">b</a> <a href="/b/">c</a></p>'
    form = Form({"text": text, "address": "www.b.org"})

    assert form.is_valid()
    assert form.cleaned_data["address"] == "https://www.b.org"
    assert links.completion_notes([form]) == [
        "“www.a.org” was completed to “https://www.a.org”.",
        "“www.b.org” was completed to “https://www.b.org”.",
    ]
    assert links.completion_notes([Form({"address": "https://a.org"})]) == []


@pytest.mark.parametrize(
    "text",
    ["", "<?xml version='1.0' encoding='utf-16'?>", "<![x", "a\0b", "\ud800", "<frameset>", "<"],
)
def test_links_of_broken_text_are_looked_for_without_a_fault(text):
    assert links.links_in(text + '<a href="/x/">y</a>') in ([("/x/", "y")], [])


def test_each_link_of_a_text_is_told_by_itself():
    with pytest.raises(ValidationError) as told:
        links.check_links('<a href="ftp://a.org/">One</a><a href="//b.org"></a>')

    one, two = told.value.messages
    assert one.startswith("The link “One” cannot lead to “ftp://a.org/”. Expected an address of")
    assert two.startswith("The link “//b.org” cannot lead to “//b.org”.")
