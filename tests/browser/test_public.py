"""The public pages in a real browser: what axe-core finds, the keyboard, small screens, weight."""

import pytest

from agreements.models import AgreementEdition
from culturecoop.editions import verbs

from .accessibility import wrong

KOREA = "/agreements/korea-protocol-cultural-cooperation/"
PAGES = {
    "home": "/",
    "home on a day": "/?on=2012-12-31",
    "home in another language": "/de/",
    "further page": "/about/",
    "register": "/agreements/",
    "register with filters": "/agreements/?words=cultural&status=in_force&on=2020-01-01",
    "register with faults": "/agreements/?on=x&kind=zz&year_from=abc&page=9",
    "register without results": "/agreements/?words=zebra",
    "party": "/parties/KR/",
    "about the data": "/data/",
    "agreement": KOREA,
    "agreement on a day": f"{KOREA}?on=2012-12-31",
    "agreement of many parties": "/agreements/central-america-protocol-cultural-cooperation/",
    "edition": f"{KOREA}editions/1/",
    "edition on a day": f"{KOREA}editions/1/?on=2012-12-31",
    "all editions": f"{KOREA}editions/",
    "all editions of what is withdrawn": (
        "/agreements/cariforum-protocol-cultural-cooperation/editions/"
    ),
    "all editions in another language": "/de/editions/",
    "withdrawn": "/agreements/cariforum-protocol-cultural-cooperation/",
    "document": "/documents/summary-report-experts/",
    "search": "/search/?q=cultural+jamaica",
    "search with other words": "/search/?q=culturel+jamiaca+zebra",
    "search without results": "/search/?q=xylophonquartett",
    "not found": "/nothing/",
}


@pytest.fixture
def site(live_server, demonstration):
    slug = "cariforum-protocol-cultural-cooperation"
    verbs.withdraw(AgreementEdition.objects.get(agreement__slug=slug), reason="Just to see it")
    return live_server.url


def test_axe_finds_nothing(site, new_context):
    page = new_context().new_page()
    found = {}
    for name, address in PAGES.items():
        page.goto(site + address)
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            found[name, width] = wrong(page)

    assert {place: faults for place, faults in found.items() if faults} == {}


def test_nothing_is_wider_than_a_small_screen(site, new_context):
    page = new_context(viewport={"width": 320, "height": 700}).new_page()
    widths = {}
    for name, address in PAGES.items():
        page.goto(site + address)
        widths[name] = page.evaluate("document.documentElement.scrollWidth")

    assert {name: width for name, width in widths.items() if width > 320} == {}


def test_pages_are_light_and_load_from_here_only(site, page):
    weights, elsewhere, answers = {}, [], []
    page.on("response", lambda r: answers.append(r) if r.status < 300 else None)
    page.on("request", lambda r: elsewhere.append(r.url) if not r.url.startswith(site) else None)
    for name, address in PAGES.items():
        page.goto(site + address, wait_until="networkidle")
        weights[name] = sum(len(response.body()) for response in answers)
        answers.clear()

    assert elsewhere == []
    assert {name: weight for name, weight in weights.items() if weight >= 60_000} == {}


def test_the_keyboard_skips_to_the_content(site, page):
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "content"


def test_the_register_is_filtered_by_keyboard(site, page):
    page.goto(f"{site}/agreements/")
    page.get_by_label("Words").focus()
    page.keyboard.type("korea")
    page.keyboard.press("Enter")
    page.wait_for_url("**words=korea**")

    assert page.get_by_role("heading", name="1 agreement matches").is_visible()
    assert page.get_by_label("Words").input_value() == "korea"


@pytest.mark.parametrize("javascript", [True, False])
def test_the_register_works_with_and_without_javascript(site, new_context, javascript):
    page = new_context(java_script_enabled=javascript).new_page()
    page.goto(f"{site}/agreements/")
    page.get_by_label("Status", exact=True).select_option("in_force")
    page.get_by_role("button", name="Show").click()

    assert page.get_by_role("heading", name="2 agreements match").is_visible()
    page.get_by_role("link", name="remove").first.click()
    assert page.get_by_role("heading", name="3 agreements match").is_visible()


def test_on_a_phone_the_other_filters_open_by_a_click(site, new_context):
    page = new_context(viewport={"width": 360, "height": 700}).new_page()
    page.goto(f"{site}/agreements/")
    assert not page.get_by_label("Party").is_visible()
    page.get_by_text("More filters").click()
    page.get_by_label("Party").select_option("KR")
    page.get_by_role("button", name="Show").first.click()

    assert page.get_by_role("heading", name="1 agreement matches").is_visible()
    assert page.get_by_label("Party").input_value() == "KR"


def test_focus_is_visible(site, page):
    page.goto(site)
    for _n in range(4):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert outline == "3px"


def test_paper_has_the_text_without_the_menus(site, page):
    page.goto(site)
    page.emulate_media(media="print")

    assert page.get_by_role("heading", name="Developing a strategy").is_visible()
    assert not page.locator(".menu").first.is_visible()
    assert not page.locator(".contents").is_visible()


def test_paper_has_how_to_cite_without_the_hint(site, page):
    page.goto(f"{site}{KOREA}")
    page.emulate_media(media="print")

    assert page.locator(".cite__text").is_visible()
    assert not page.locator(".cite__how").is_visible()


def test_one_click_selects_how_to_cite(site, page):
    page.goto(f"{site}{KOREA}?on=2012-12-31")
    cited = page.locator(".cite__text")
    cited.click()

    selected = " ".join(page.evaluate("getSelection().toString()").split())
    assert selected == " ".join(cited.inner_text().split())
    assert selected.endswith(f"{KOREA}editions/1/?on=2012-12-31")
