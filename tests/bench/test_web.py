"""What pages a second are measured with: what the sites have to say, and the nginx before ours."""

from bench.web_asked import Page, pages_of, said
from bench.web_content import content
from bench.web_front import before


def test_our_pages_say_what_the_other_site_is_filled_with(demonstration, client):
    pages = pages_of(content())
    assert tuple(page.name for page in pages) == Page.NAMES
    for page in pages:
        text = said(client.get(page.path).content.decode())
        assert page.words
        assert [words for words in page.words if words not in text] == []


def test_all_that_belongs_to_the_register_is_told(demonstration):
    told = content()
    assert len(told["agreements"]) == 4
    assert all(row["events"] and row["parties"] and row["status"] for row in told["agreements"])
    assert {slug for row in told["agreements"] for slug in row["themes"]} <= {
        theme["slug"] for theme in told["themes"]
    }


def test_the_server_before_our_site_is_that_of_the_documentation(tmp_path):
    found = before(8123, 8124, tmp_path)
    assert f"proxy_cache_path {tmp_path} " in found
    assert "proxy_pass http://127.0.0.1:8123;" in found
    assert "listen 127.0.0.1:8124;" in found
