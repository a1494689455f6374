"""Two people have one draft open: each is told of the other while both are there."""

from playwright.sync_api import expect

from culturecoop.editions import presence

from .accessibility import seriously_wrong


def test_the_name_comes_and_goes(sign_in, draft, monkeypatch):
    monkeypatch.setattr(presence, "EVERY", 0.5)
    monkeypatch.setattr(presence, "SOON", 0.1)
    address = f"/admin/strategy/pageedition/{draft.pk}/change/"
    mine, hers = sign_in("author", "adam"), sign_in("author", "maria")
    mine.goto(address)
    line = mine.locator("#presence")
    expect(line).to_be_empty()
    hers.goto(address)
    expect(line).to_contain_text("maria has this form open too, since")
    expect(hers.locator("#presence")).to_contain_text("adam has this form open too, since")
    expect(line).to_have_attribute("aria-live", "polite")
    assert seriously_wrong(mine) == []
    hers.goto("/admin/")
    expect(line).to_be_empty()
    assert mine.faults == hers.faults == []


def test_an_answer_that_does_not_come_leaves_the_form_alone(sign_in, draft, monkeypatch):
    monkeypatch.setattr(presence, "EVERY", 0.2)
    page = sign_in("author", "adam")
    asked = []
    page.route("**/presence/", lambda route: (asked.append(route), route.abort()))
    page.goto(f"/admin/strategy/pageedition/{draft.pk}/change/")
    page.locator("#id_lead").fill("Mine")
    page.wait_for_timeout(600)
    assert len(asked) > 1
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
