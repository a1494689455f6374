"""The buttons and dialogs of the rich text editor are in the language of the page."""

import pytest
from playwright.sync_api import expect

WORDS = {
    "de": ["Überschrift 2", "Fett", "Link einfügen", "Tabelle einfügen", "Absatz", "Nein"],
    "fr": ["Titre 2", "Gras", "Insérer un lien", "Insérer un tableau", "Paragraphe", "Non"],
}


@pytest.mark.parametrize("language", WORDS)
def test_buttons_and_answers_are_translated(sign_in, draft, language):
    heading, bold, link, table, paragraph, no = WORDS[language]
    draft.strategy_text_set.update(text="<h2>Five</h2><p>Six</p>")
    page = sign_in()
    page.set_extra_http_headers({"Accept-Language": language})
    page.goto(f"/admin/strategy/pageedition/{draft.pk}/change/")
    menu = page.locator(".prose-menubar").first
    for name in (bold, link, table):
        expect(menu.get_by_role("button", name=name, exact=True)).to_have_attribute(
            "title", name, timeout=20_000
        )
    options = menu.locator(".prose-menubar__option")
    expect(options.first).to_have_text(heading)
    expect(options.filter(has_text=paragraph)).to_have_count(1)
    kind = menu.locator(".prose-menubar__selected button")
    page.locator(".ProseMirror p", has_text="Six").click()
    expect(kind).to_have_attribute("title", paragraph)
    page.get_by_role("heading", name="Five", exact=True).click()
    expect(kind).to_have_attribute("title", heading)
    menu.get_by_role("button", name=table, exact=True).click()
    answer = page.locator("dialog.prose-editor-dialog option").last
    expect(answer).to_have_text(no)
    expect(answer).to_have_attribute("value", "No")
    assert page.faults == []
