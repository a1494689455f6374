"""A link block that leads to an agreement: as careful as one that leads to a page."""

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from agreements.models import Agreement, AgreementEdition
from culturecoop.editions import verbs
from culturecoop.sheets import registry
from culturecoop.sheets.comparison import PlannedRow
from strategy.blocks import Link
from tests.answering import publish
from tests.forms import said

from .test_admin import save

pytestmark = pytest.mark.django_db


@pytest.fixture
def korea(make_agreement):
    """A live agreement with a title in English and one in French."""
    draft = make_agreement(
        "korea", title="Treaty with Korea", events=[("signature", "2010")], publish=False
    )
    draft.texts.create(language="fr", title="Traité avec la Corée")
    return publish(draft)


def link_to(edition, **fields):
    return (Link, {"agreement": edition.agreement, **fields})


def test_it_shows_the_title_in_the_reader_s_language(korea, write, get):
    write("", link_to(korea), link_to(korea, title="The words of the page"))

    text = get("/")
    assert '<li> <a href="/agreements/korea/">Treaty with Korea</a> </li>' in text
    assert '<li> <a href="/agreements/korea/">The words of the page</a> </li>' in text
    text = get("/fr/")
    assert '<a href="/fr/agreements/korea/" lang="fr">Traité avec la Corée</a>' in text
    text = get("/de/")  # no German title: the agreement's own, in the page's language
    assert '<a href="/de/agreements/korea/">Treaty with Korea</a>' in text


def test_it_keeps_the_day_that_the_reader_chose(korea, write, get):
    write("", link_to(korea))

    assert '<a href="/agreements/korea/?on=2012-12-31">' in get("/?on=2012-12-31")


def test_what_is_not_public_is_not_named(make_agreement, write, get):
    draft = make_agreement("secret", title="A secret treaty", publish=False)
    write(
        "",
        link_to(draft, heading="Alone"),
        link_to(draft, title="Words of the page", heading="Two"),
    )

    text = get("/")
    assert "secret" not in text
    assert "<li> Words of the page </li>" in text
    assert "<li></li>" not in text
    assert "Alone" not in text


def test_what_is_withdrawn_is_text_again(korea, write, get):
    write("", link_to(korea, title="Words of the page"), link_to(korea))
    verbs.withdraw(korea, reason="Over")

    text = get("/")
    assert "<li> Words of the page </li>" in text
    assert "korea" not in text.casefold()


def test_the_queries_of_a_page_stay_the_same(make_agreement, write, get):
    editions = [make_agreement(f"a{n}", events=[("signature", "2010")]) for n in range(12)]
    write("", *(link_to(edition) for edition in editions))

    with CaptureQueriesContext(connection) as queries:
        assert get("/").count("/agreements/a") == 12
    assert len(queries) <= 18
    assert sum("agreementtext" in query["sql"] for query in queries) == 1


def test_an_agreement_that_a_page_leads_to_cannot_be_deleted(korea, write):
    write("", link_to(korea))

    with pytest.raises(ProtectedError):
        Agreement.objects.filter(slug="korea").delete()


def test_editors_choose_one_target_only(signed_in, korea, make_page):
    author, draft = signed_in("author"), make_page("", title="Home", publish=False)
    row = {"title": "", "agreement": str(korea.agreement_id)}

    both = row | {"address": "https://example.org/"}
    told = said(save(author, draft, [("strategy_link_set", both)]))
    assert "Choose one target only; readers can follow just one." in told
    save(author, draft, [("strategy_link_set", row)])
    assert draft.strategy_link_set.get().agreement == korea.agreement
    assert str(draft.strategy_link_set.get()) == "korea"


def test_it_is_copied_with_its_page(korea, write):
    again = verbs.new_draft(write("", link_to(korea)))

    assert again.strategy_link_set.get().agreement == korea.agreement


def test_a_sheet_names_an_agreement_by_its_slug(korea, make_page):
    make_page("", publish=False)
    cells = {"path": "/", "language": "en", "key": "", "base": "0/1", "type": "link",
             "region": "main", "title": "A"}  # fmt: skip
    resource = registry.find("blocks")()
    right, wrong = (
        PlannedRow(number, cells | {"agreement": slug})
        for number, slug in enumerate(("korea", "korae"), 2)
    )
    resource.plan([right, wrong])

    assert (right.kind, right.errors) == ("new", [])
    assert wrong.errors == [
        ["agreement", "korae", "Unknown. Expected a code that the register has."]
    ]


def test_a_workbook_may_bring_the_agreement_along(make_page):
    """What the sheet of agreements makes counts as there."""
    make_page("", publish=False)
    row = PlannedRow(2, {"path": "/", "language": "en", "key": "", "base": "0/1", "type": "link",
                         "region": "main", "agreement": "new"})  # fmt: skip
    registry.find("blocks")(pending={"agreements": {"new"}}).plan([row])

    assert (row.kind, row.errors) == ("new", [])


def test_a_past_edition_shows_what_readers_saw(korea, write, get):
    first = write("", link_to(korea))
    publish(verbs.new_draft(first), change_note="Again")
    verbs.withdraw(AgreementEdition.objects.live().get(), reason="Over")

    assert "Treaty with Korea" in get("/editions/1/")
    assert "Treaty with Korea" not in get("/")
