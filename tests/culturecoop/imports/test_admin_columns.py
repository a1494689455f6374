"""What the page of the columns refuses, where it says so, and what it keeps of what was typed."""

from lxml import html

from .adminsteps import LIST, open_, send, upload


def main_form(text):
    """The form of the columns, after the one that uses another mapping."""
    return html.fromstring(text).forms[-1]


def test_options_stand_in_the_order_of_the_selects(publisher):
    job, _page = upload(publisher)
    job.mapping["columns"] = {
        "title_fr": {"sources": ["Intitulé"]},
        "internal_note": {"sources": ["Intitulé", "Réf"]},
    }
    job.save()
    form = main_form(open_(publisher, job, "columns"))
    row = form.xpath(".//tr[th[@id='heading-1']]")[0]
    chosen = [select.value for select in row.xpath(".//select[@name='to-1']")]
    assert chosen == ["title_fr", "internal_note", ""]
    assert [found.text for found in row.xpath(".//legend")] == ["Title (fr)", "Internal note"]


def test_a_word_with_a_line_break_is_answered_once(publisher):
    """A browser sends the line break of the cell as two characters."""
    job, _page = upload(publisher, 'slug;Type\na;"free\ntrade"\nb;other\n', "a.csv")
    said = {"to-0": "slug", "to-1": "kind", "save": "1"}
    send(publisher, job, "columns", said)
    words = {"values-kind-word": ["free\r\ntrade", "other"], "values-kind": ["protocol", "?"]}
    publisher.post(f"{LIST}{job.pk}/columns/", said | words)
    form = main_form(open_(publisher, job, "columns"))
    table = form.xpath(".//table[@class='import-words']//tbody/tr")
    assert [row.xpath(".//select")[0].value for row in table] == ["protocol", "?", "?"]
