"""The register and its agreements as readers open them."""

import datetime

import pytest
import time_machine
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext

from agreements.models import Agreement, AgreementEdition, Party
from agreements.previews import preview
from culturecoop.documents.models import Document
from culturecoop.editions import verbs

pytestmark = pytest.mark.django_db

OUTDATED = "This translation is out of date: the text in the original language has changed since."


def says_outdated(text, language):
    with translation.override(language):
        return escape(gettext(OUTDATED)) in text


@pytest.fixture
def get(client):
    """get("/agreements/") → the HTML of the page, which must answer with `status`."""

    def open_(address, status=200):
        response = client.get(address)
        assert response.status_code == status
        return " ".join(response.content.decode().split())

    return open_


@pytest.fixture
def korea(make_agreement):
    Party.objects.create(code="KR")
    return make_agreement(
        "korea", title="Protocol on films", kind="protocol", parties=["EU", "KR"],
        events=[("signature", "2010-10-06"), ("ratification", "2011", "KR"),
                ("provisional_application", "2011-07-01"), ("entry_into_force", "2015-12-13")],
    )  # fmt: skip


# The register -----------------------------------------------------------------------------------


def test_the_register_says_how_many_match_and_lists_them(korea, get):
    text = get("/agreements/")

    assert "1 agreement matches" in text
    assert "Protocol on films" in text
    assert "South Korea" in text
    assert "13 December 2015" in text


def test_the_register_keeps_the_values_and_offers_a_way_out_of_each(korea, get):
    text = get("/agreements/?words=films&kind=protocol&on=2012-01-01")

    assert 'value="films"' in text
    assert '<option value="protocol" selected>' in text
    assert 'value="2012-01-01"' in text
    assert 'href="/agreements/?kind=protocol&amp;on=2012-01-01"' in text  # without the words


def test_the_order_is_no_filter_to_be_removed(korea, get):
    assert "remove" not in get("/agreements/?sort=title")


def test_the_days_state_stands_in_the_register_and_its_links_keep_the_day(korea, get):
    text = get("/agreements/?on=2012-01-01")

    assert "Legal state on 1 January 2012" in text
    assert "provisionally applied" in text
    assert 'href="/agreements/korea/?on=2012-01-01"' in text
    assert '<meta name="robots" content="noindex">' in text


def test_fields_that_the_form_sent_empty_leave_the_address(korea, client):
    response = client.get("/de/agreements/?words=a%26b&party=&kind=protocol&sort=")

    assert response["Location"] == "/de/agreements/?words=a%26b&kind=protocol"


def test_only_the_plain_list_is_for_search_engines(korea, get):
    assert "noindex" not in get("/agreements/")
    assert "noindex" in get("/agreements/?words=films")


def test_no_result_has_words(korea, get):
    text = get("/agreements/?words=zebra")

    assert "0 agreements match" in text
    assert "No agreement matches these filters" in text


@pytest.mark.parametrize(
    "query",
    ["on=xx", "status=zz", "kind[]=1", "page=0", "page=abc", "page=999", "page=-1", "sort=%00",
     "year_from=1e9", "words=%F0%28", "words=" + "x" * 5000, "party=%27%22", "on=0000-01-01",
     "year_from=99999999999999999999", "page=99999999999999999999", "theme=%C3%28", "on=9999-12-31",
     "on=0001-01-01"],
)  # fmt: skip
def test_no_value_leads_to_an_error_page(korea, get, query):
    get(f"/agreements/?{query}")


def test_a_page_that_there_is_not_is_said(korea, get):
    assert "There is no page “9” of this list; this is page 1." in get("/agreements/?page=9")


def test_the_list_has_pages_that_keep_the_filters(make_many, get):
    make_many(60)

    text = get("/agreements/?sort=title")
    assert 'href="/agreements/?sort=title&amp;page=2"' in text
    assert 'rel="next"' in text
    second = get("/agreements/?sort=title&page=2")
    assert 'aria-current="page">2<' in second
    assert 'rel="prev"' in second


def test_the_register_speaks_the_readers_language(korea, get):
    assert '<html lang="de">' in get("/de/agreements/")
    assert "Südkorea" in get("/de/agreements/")


# An agreement -----------------------------------------------------------------------------------


def test_an_agreement_tells_its_state_and_its_life(korea, get):
    text = get("/agreements/korea/")

    assert "The protocol is in force since 13 December 2015." in text
    assert "6 October 2010" in text
    assert "Ratification</span> – South Korea" in text
    assert "There are no documents." in text
    assert "noindex" not in text


def test_the_day_moves_the_law_and_hides_later_steps(korea, get):
    text = get("/agreements/korea/?on=2012-12-31")

    assert "Legal state on 31 December 2012" in text
    assert "The protocol is provisionally applied since 1 July 2011." in text
    assert "13 December 2015" not in text
    assert "1 later step is not shown." in text
    assert "noindex" in text


def test_a_malformed_day_is_said_and_gives_today(korea, get):
    text = get("/agreements/korea/?on=31-12-2012")

    assert "“31-12-2012” is not a day" in text
    assert "The protocol is in force since 13 December 2015." in text


def test_before_the_first_step_there_is_no_state(korea, get):
    assert "On that day no legal step had been taken yet." in get(
        "/agreements/korea/?on=1990-01-01"
    )


def test_steps_ahead_are_marked(make_agreement, get):
    make_agreement("ahead", parties=["EU"], events=[("entry_into_force", "2999-01-01")])

    assert "ahead</span>" in get("/agreements/ahead/")


def test_several_parties_on_one_day_are_one_step(make_agreement, get):
    applied = [("provisional_application", "2013-08-01", code) for code in ("PE", "CO")]
    make_agreement("andes", parties=["EU", "PE", "CO"], events=applied)

    assert "Provisional application</span> – CO, PE" in get("/agreements/andes/")


def test_related_agreements_are_named_from_both_sides(korea, make_agreement, get):
    draft = make_agreement("amendment", title="The amendment", publish=False)
    draft.relations.create(kind="amends", agreement=korea.agreement)
    verbs.publish(draft)

    assert "Is amended by" in get("/agreements/korea/")
    assert "The amendment" in get("/agreements/korea/")
    assert "Protocol on films" in get("/agreements/amendment/")


def test_a_language_that_is_missing_shows_the_source_with_a_notice(korea, get):
    text = get("/de/agreements/korea/")

    assert '<h1 lang="en">Protocol on films</h1>' in text
    assert "Englisch" in text
    assert "noindex" in text
    assert "hreflang" not in text.split("</head>")[0]


def test_a_translation_is_linked_and_told_when_out_of_date(korea, get):
    draft = verbs.new_draft(korea)
    draft.texts.create(language="de", title="Protokoll über Filme")
    second = verbs.publish(draft)
    assert 'hreflang="de" href="http://testserver/de/agreements/korea/"' in get(
        "/agreements/korea/"
    )
    assert not says_outdated(get("/de/agreements/korea/"), "de")

    third = verbs.new_draft(second)
    third.texts.filter(language="en").update(title="Protocol on films and music")
    verbs.publish(third)
    assert says_outdated(get("/de/agreements/korea/"), "de")
    assert not says_outdated(get("/agreements/korea/"), "en")


def test_a_withdrawn_agreement_is_gone_with_the_reason(korea, get):
    verbs.withdraw(korea, reason="It was <never> agreed.")

    text = get("/agreements/korea/", status=410)
    assert "It was &lt;never&gt; agreed." in text
    assert "noindex" in text


def test_a_withdrawn_agreement_leads_on_where_the_editor_said(korea, client):
    verbs.withdraw(korea, reason="Moved", redirect_to="/agreements/")

    assert client.get("/agreements/korea/")["Location"] == "/agreements/"


def test_what_is_not_published_is_not_found(make_agreement, get):
    make_agreement("draft", publish=False)

    get("/agreements/draft/", status=404)
    get("/agreements/none/", status=404)


# Editions ---------------------------------------------------------------------------------------


def test_an_edition_shows_what_readers_saw(korea, get):
    draft = verbs.new_draft(korea)
    draft.texts.update(title="Protocol on films, corrected")
    verbs.publish(draft, change_note="The title was corrected")

    text = get("/agreements/korea/editions/1/")
    assert "Protocol on films, corrected" not in text
    assert "As published from" in text
    assert "noindex" in text
    now = get("/agreements/korea/")
    assert "The title was corrected" in now
    assert 'href="/agreements/korea/editions/2/"' in now
    assert "to now." in get("/agreements/korea/editions/2/")


def test_an_edition_has_the_files_of_its_time(korea, get, make_file):
    document = Document.objects.create(slug="text", title="The text")
    old = make_file(document)
    draft = verbs.new_draft(korea)
    draft.documents.create(document=document)
    verbs.publish(draft)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        new = make_file(document, pages=99)
        verbs.publish(verbs.new_draft(draft))
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
        past, now = get("/agreements/korea/editions/2/"), get("/agreements/korea/")
    assert old.get_dated_url() in past
    assert new.get_dated_url() not in past
    assert "99 pages" in now
    assert f'href="{new.get_absolute_url()}"' in now


def test_scheduled_editions_and_drafts_are_not_found(korea, get):
    draft = verbs.new_draft(korea)
    verbs.publish(draft, at=timezone.now() + datetime.timedelta(days=1))

    get("/agreements/korea/editions/2/", status=404)
    get("/agreements/korea/editions/99/", status=404)


def test_a_withdrawal_among_the_editions_tells_its_reason(korea, get):
    verbs.withdraw(korea, reason="A mistake")

    assert "A mistake" in get("/agreements/korea/editions/2/", status=410)
    assert "Protocol on films" in get("/agreements/korea/editions/1/")


def test_the_preview_of_a_draft_is_the_real_page_with_a_banner(korea, rf, make_file):
    draft = verbs.new_draft(korea)
    draft.texts.update(title="Not yet public")
    document = Document.objects.create(slug="text", title="The text")
    make_file(document)
    draft.documents.create(document=document)

    response = preview(rf.get("/admin/preview/"), AgreementEdition.objects.get(pk=draft.pk))
    text = response.content.decode()
    assert "Not yet public" in text
    assert "Readers do not see this" in text
    assert "The text" in text
    assert "The protocol is in force since 13 December 2015." in text


def test_a_draft_without_any_text_can_be_previewed(make_agreement, rf):
    draft = make_agreement("empty", publish=False)
    draft.texts.all().delete()

    assert preview(rf.get("/admin/preview/"), draft).status_code == 200


def test_a_preview_is_in_the_language_asked_for(korea, rf):
    draft = verbs.new_draft(korea)
    draft.texts.create(language="de", title="Protokoll über Filme")

    text = preview(rf.get("/admin/preview/?language=de"), draft).content.decode()
    assert "<h1>Protokoll über Filme</h1>" in text


# Queries ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "limit"),
    [
        ("/", 18),
        ("/?on=2012-12-31", 18),
        ("/agreements/", 12),
        ("/agreements/?words=cultural&party=EU&status=in_force&year_from=1990&sort=title", 12),
        ("/agreements/korea-protocol-cultural-cooperation/", 18),
        ("/agreements/korea-protocol-cultural-cooperation/editions/1/", 18),
        ("/editions/1/", 18),
    ],
)
def test_queries_are_few_and_as_many_for_one_as_for_500(make_many, queries, address, limit):
    make_many(1)
    few = queries(address)
    more_of_everything()

    assert queries(address) == few <= limit


def more_of_everything():
    """500 agreements more, of the theme of the home page too, each with a text in German."""
    from agreements.models import AgreementText
    from agreements.publication import store_periods
    from bench import content

    Agreement.objects.filter(slug__startswith="agreement-").update(slug="one")
    editions = list(enumerate(content.make_editions(500)))
    parties = list(Party.objects.exclude(code="EU"))
    themes = [content.Theme.objects.get(slug="international-trade")]
    for rows in content.parts(editions, Party.objects.get(code="EU"), parties, themes):
        type(rows[0])._base_manager.bulk_create(rows)
    AgreementText.objects.bulk_create(
        AgreementText(edition=edition, language="de", title="Abkommen") for _n, edition in editions
    )
    store_periods(content.with_parts([edition for _n, edition in editions]))
