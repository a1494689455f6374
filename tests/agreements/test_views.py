"""Agreements and their editions as readers open them."""

import datetime
import re

import pytest
import time_machine
from django.utils import timezone, translation
from django.utils.html import escape
from django.utils.translation import gettext

from agreements.models import AgreementEdition
from agreements.views import render_preview
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from tests.answering import publish

pytestmark = pytest.mark.django_db

OUTDATED = "This translation is out of date: the text in the original language has changed since."


def says_outdated(text, language):
    with translation.override(language):
        return escape(gettext(OUTDATED)) in text


# An agreement ------------------------------------------------------------------------------------


def test_an_agreement_tells_its_state_and_its_life(korea, get):
    text = get("/agreements/korea/")

    assert "The protocol has been in force since 13 December 2015." in text
    assert "6 October 2010" in text
    assert "Ratification</span> – South Korea" in text
    assert "There are no documents." in text
    assert "noindex" not in text


def test_a_text_that_stands_elsewhere_is_not_missed(korea, get):
    draft = verbs.new_draft(korea)
    address = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:22011A0514(04)"
    draft.references.create(scheme="celex", value="22011A0514(04)", address=address)
    publish(draft)
    text = get("/agreements/korea/")

    assert "There are no documents." not in text
    assert f'<a href="{address}">CELEX 22011A0514(04)</a>' in text
    assert "eur-lex.europa.eu</span>" in text


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/agreements/korea/", "Protocol on films (EU – South Korea)"),
        (
            "/agreements/korea/?on=2012-12-31",
            "Protocol on films (EU – South Korea) – Legal state on 31 December 2012",
        ),
        ("/agreements/korea/editions/1/", "Protocol on films (EU – South Korea) – Edition 1"),
        (
            "/agreements/?party=KR&on=2012-12-31",
            "Register of agreements – Party: South Korea, On the day: 31 December 2012",
        ),
    ],
)
def test_the_title_of_the_window_tells_day_edition_and_filters(korea, get, address, title):
    found = re.search("<title>(.*?)</title>", get(address), re.DOTALL)[1]
    assert " ".join(found.split()).startswith(f"{title} – ")


def test_the_day_moves_the_law_and_hides_later_steps(korea, get):
    text = get("/agreements/korea/?on=2012-12-31")

    assert "Legal state on 31 December 2012" in text
    assert "The protocol has been provisionally applied since 1 July 2011." in text
    assert "13 December 2015" not in text
    assert "1 later step is not shown." in text
    assert "noindex" in text


def test_a_malformed_day_is_said_and_gives_today(korea, get):
    text = get("/agreements/korea/?on=31-12-2012")

    assert "“31-12-2012” is not a day" in text
    assert "The protocol has been in force since 13 December 2015." in text


def test_before_the_first_step_there_is_no_state(korea, get):
    assert "No legal step before 6 October 2010 is recorded here." in get(
        "/agreements/korea/?on=1990-01-01"
    )


def test_nothing_recorded_is_not_told_as_no_step_taken(make_agreement, get):
    make_agreement("unknown", parties=["EU"])
    text = get("/agreements/unknown/")

    assert "No legal step is recorded, so its legal state is not known here." in text


def test_the_statuses_of_the_register_add_up(korea, make_agreement, get):
    make_agreement("unknown", parties=["EU"])
    text = get("/agreements/")

    assert "status=none" in text
    assert "no legal step recorded" in get("/agreements/?status=none")


def test_steps_ahead_are_marked(make_agreement, get):
    make_agreement("ahead", parties=["EU"], events=[("entry_into_force", "2150-01-01")])

    assert "ahead</span>" in get("/agreements/ahead/")


def test_several_parties_on_one_day_are_one_step(make_agreement, get):
    applied = [("provisional_application", "2013-08-01", code) for code in ("PE", "CO")]
    make_agreement("andes", parties=["EU", "PE", "CO"], events=applied)

    text = re.sub(r"<span id=.event-[0-9a-f-]+.>", "", get("/agreements/andes/"))
    assert "Provisional application</span> – CO, PE" in text


@pytest.mark.parametrize("field", ["until", "source_address"])
def test_parties_whose_acts_differ_have_steps_of_their_own(make_agreement, get, field):
    parties = ["EU", "AT", "BE", "CY"]
    applied = [("provisional_application", "2013-08-01", code) for code in parties[1:]]
    draft = make_agreement("three", parties=parties, events=applied, publish=False)
    values = {"until": ("2020-01-01", "2021"), "source_address": ("/agreements/", "/documents/")}
    for code, value in zip(parties[1:], (0, 1, 0), strict=True):
        draft.events.filter(party__code=code).update(**{field: values[field][value]})
    publish(draft)

    text = re.sub(r"<span id=.event-[0-9a-f-]+.>", "", get("/agreements/three/"))
    assert re.search(r"Provisional application</span>\s+– AT,\s+CY", text)
    assert re.search(r"Provisional application</span>\s+– BE", text)


def test_related_agreements_are_named_from_both_sides(korea, make_agreement, get):
    draft = make_agreement("amendment", title="The amendment", publish=False)
    draft.relations.create(kind="amends", agreement=korea.agreement)
    publish(draft)

    assert "Is amended by" in get("/agreements/korea/")
    assert "The amendment" in get("/agreements/korea/")
    assert "Protocol on films" in get("/agreements/amendment/")


def test_a_language_that_is_missing_shows_the_source_with_a_notice(korea, get):
    text = get("/de/agreements/korea/")

    assert '<h1 lang="en">Protocol on films (EU – South Korea)</h1>' in text
    assert "Englisch" in text
    assert "noindex" in text
    assert "hreflang" not in text.split("</head>")[0]


def test_a_translation_is_linked_and_told_when_out_of_date(korea, get):
    draft = verbs.new_draft(korea)
    draft.texts.create(language="de", title="Protokoll über Filme")
    second = publish(draft)
    assert 'hreflang="de" href="http://testserver/de/agreements/korea/"' in get(
        "/agreements/korea/"
    )
    assert not says_outdated(get("/de/agreements/korea/"), "de")

    third = verbs.new_draft(second)
    third.texts.filter(language="en").update(title="Protocol on films and music")
    publish(third)
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


# Editions ----------------------------------------------------------------------------------------


def test_an_edition_shows_what_readers_saw(korea, get):
    draft = verbs.new_draft(korea)
    draft.texts.update(title="Protocol on films, corrected")
    publish(draft, change_note="The title was corrected")

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
    publish(draft)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        new = make_file(document, pages=99)
        publish(verbs.new_draft(draft))
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
        past, now = get("/agreements/korea/editions/2/"), get("/agreements/korea/")
    assert old.get_dated_url() in past
    assert new.get_dated_url() not in past
    assert "99 pages" in now
    assert f'href="{new.get_absolute_url()}"' in now


def test_scheduled_editions_and_drafts_are_not_found(korea, get):
    draft = verbs.new_draft(korea)
    publish(draft, at=timezone.now() + datetime.timedelta(days=1))

    get("/agreements/korea/editions/2/", status=404)
    get("/agreements/korea/editions/99/", status=404)


def test_a_withdrawal_among_the_editions_tells_its_reason(korea, get):
    verbs.withdraw(korea, reason="A mistake")

    assert "A mistake" in get("/agreements/korea/editions/2/", status=410)
    assert "Protocol on films" in get("/agreements/korea/editions/1/")


def test_an_older_edition_says_that_it_was_withdrawn(korea, get):
    assert "Show what is published now" in get("/agreements/korea/editions/1/")
    verbs.withdraw(korea, reason="It names <persons>")
    page = get("/agreements/korea/editions/1/")
    assert "Withdrawn on" in page
    assert "It names &lt;persons&gt;" in page
    assert "Show what is published now" not in page


def test_the_preview_of_a_draft_is_the_real_page_with_a_banner(korea, rf, make_file):
    draft = verbs.new_draft(korea)
    draft.texts.update(title="Not yet public")
    document = Document.objects.create(slug="text", title="The text")
    make_file(document)
    draft.documents.create(document=document)

    response = render_preview(rf.get("/admin/preview/"), AgreementEdition.objects.get(pk=draft.pk))
    text = response.content.decode()
    assert "Not yet public" in text
    assert "Readers do not see this" in text
    assert "The text" in text
    assert "The protocol has been in force since 13 December 2015." in text


def test_a_draft_without_any_text_can_be_previewed(make_agreement, rf):
    draft = make_agreement("empty", publish=False)
    draft.texts.all().delete()

    assert render_preview(rf.get("/admin/preview/"), draft).status_code == 200


def test_a_preview_is_in_the_language_asked_for(korea, rf):
    draft = verbs.new_draft(korea)
    draft.texts.create(language="de", title="Protokoll über Filme")

    text = render_preview(rf.get("/admin/preview/?language=de"), draft).content.decode()
    assert "<h1>Protokoll über Filme (EU – Südkorea)</h1>" in text
