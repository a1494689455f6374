"""A review in the admin: submitted, sent back, approved, published; and who is kept from what."""

import pytest

from agreements.models import AgreementEdition
from culturecoop.editions import verbs
from culturecoop.editions.reviews import Step, review_of, step_of
from tests.culturecoop.editions.addresses import LIST, change_url, history_url, verb_url
from tests.culturecoop.editions.savings import fresh, save

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("four_eyes")]


def step(draft):
    draft = fresh(draft)
    return step_of(draft, review_of(draft))


def page(client, draft, verb):
    answer = client.get(verb_url(draft, verb))
    assert answer.status_code == 200
    return answer


def hidden(answer):
    """What the form of a page brings along unseen, with every question answered."""
    form = answer.context["form"]
    sent = {field.html_name: field.value() or "" for field in form.hidden_fields()}
    sent = {name: str(form[name].field.prepare_value(value)) for name, value in sent.items()}
    return sent | {field.html_name: "on" for field in getattr(form, "confirmations", ())}


def do(client, draft, verb, **asked):
    """Open the page of a verb and send its form."""
    sent = hidden(page(client, draft, verb)) | asked
    return client.post(verb_url(draft, verb), sent, follow=True)


def text(answer):
    return " ".join(answer.content.decode().split())


class TestJourney:
    def test_from_an_author_to_readers(self, author, publisher, draft):
        draft = save(draft, "Two", author.user)
        assert "submitted it" in text(do(author, draft, "submit", note="Look at the date."))
        seen = text(page(publisher, draft, "publish"))
        assert "<q>Look at the date.</q>" in seen
        assert "Approve and publish now" in seen
        answer = text(do(publisher, draft, "publish", when="now"))
        assert "Published edition 1. Approved by who published it." in answer
        assert fresh(draft).number == 1
        assert review_of(draft).by == publisher.user

    def test_sent_back_and_submitted_again(self, author, publisher, draft):
        draft = save(draft, "Two", author.user)
        do(author, draft, "submit")
        do(publisher, draft, "send_back", reason="The date is wrong.")
        assert "sent it back" in text(author.get(change_url(draft)))
        assert "<q>The date is wrong.</q>" in text(author.get(change_url(draft)))
        draft = save(draft, "Three", author.user)
        assert step(draft) == Step.SENT_BACK
        do(author, draft, "submit")
        assert step(draft) == Step.SUBMITTED

    def test_approved_by_one_and_published_by_its_author(self, publisher, signed_in, draft):
        other = signed_in("publisher", "other")
        draft = save(draft, "Two", publisher.user)
        seen = text(page(publisher, draft, "publish"))
        assert "You changed it since it was last approved" in seen
        assert "Publish now" not in seen
        do(other, draft, "approve")
        assert step(draft) == Step.APPROVED
        do(publisher, draft, "publish", when="now")
        assert fresh(draft).published_by == publisher.user

    def test_every_step_is_in_the_history(self, author, publisher, draft):
        draft = save(draft, "Two", author.user)
        do(author, draft, "submit", note="First")
        do(author, draft, "take_back")
        do(author, draft, "submit", note="Second")
        do(publisher, draft, "send_back", reason="No")
        do(author, draft, "submit")
        do(publisher, draft, "approve", note="Fine")
        history = text(publisher.get(history_url(draft)))
        for line in (
            "Submitted for review. “First”", "Took the submission back.",
            "Submitted for review. “Second”", "Sent back. “No”", "Approved. “Fine”",
            "publisher approved it on",
        ):  # fmt: skip
            assert line in history


class TestKeptFrom:
    def test_its_author_publishes_nothing_by_a_form_of_another(self, publisher, draft, settings):
        settings.FOUR_EYES = False
        sent = hidden(page(publisher, draft, "publish"))
        settings.FOUR_EYES = True
        save(draft, "Two", publisher.user)
        sent["version"] = fresh(draft).version
        answer = publisher.post(verb_url(draft, "publish"), sent | {"when": "now"})
        assert fresh(draft).is_draft
        assert "You changed it since it was last approved" in text(answer)

    def test_what_was_sent_back_meanwhile(self, author, publisher, signed_in, draft):
        draft = save(draft, "Two", author.user)
        verbs.submit(draft, by=author.user)
        sent = hidden(page(publisher, draft, "publish"))
        verbs.send_back(fresh(draft), reason="No", by=signed_in("publisher", "other").user)
        answer = publisher.post(verb_url(draft, "publish"), sent | {"when": "now"})
        assert fresh(draft).is_draft
        assert "It was reviewed meanwhile" in text(answer)

    @pytest.mark.parametrize("verb", ["approve", "send_back", "publish"])
    def test_an_author_decides_nothing(self, author, draft, verb):
        assert author.get(verb_url(draft, verb)).status_code == 403
        assert author.post(verb_url(draft, verb)).status_code == 403

    def test_only_an_administrator_goes_without_approval(self, signed_in, draft):
        root = signed_in("administrator")
        draft = save(draft, "Two", root.user)
        assert "As an administrator you may" in text(page(root, draft, "publish"))
        do(root, draft, "publish", when="now", override="")
        assert fresh(draft).is_draft
        answer = text(do(root, draft, "publish", when="now", override="A fault in a treaty"))
        assert "Published edition 1. “A fault in a treaty”" in answer
        assert review_of(draft).step == Step.OVERRIDDEN

    def test_publishing_together_tells_what_is_not_approved(self, publisher, draft):
        draft = save(draft, "Two")
        chosen = {"action": "publish_selected", "_selected_action": [draft.pk]}
        assert "there you see what changes, and approve it" in text(publisher.post(LIST, chosen))

    def test_what_somebody_else_decided_is_not_asked_again(self, publisher, signed_in, draft):
        other = signed_in("publisher", "other")
        draft = save(draft, "Two", publisher.user)
        do(other, draft, "approve", change_note="New: the title")
        asked = page(publisher, draft, "publish").context["form"]
        assert "change_note" not in asked.fields
        assert not asked.confirmations
        do(publisher, draft, "publish", when="now", change_note="What nobody has read")
        assert fresh(draft).change_note == "New: the title"

    def test_who_cannot_approve_is_told_before(self, publisher, draft):
        draft = save(draft, "Two", publisher.user)
        assert "You changed it" in text(page(publisher, draft, "approve"))


class TestList:
    def test_the_step_stands_in_the_list(self, publisher, author, draft):
        verbs.submit(draft, by=author.user)
        assert '<span class="review-step">in review</span>' in text(publisher.get(LIST))

    @pytest.mark.parametrize(("asked", "number"), [("submitted", 1), ("approved", 0), ("", 2)])
    def test_its_filter(self, publisher, draft, make_agreement, asked, number):
        make_agreement("peru", publish=False)
        verbs.submit(draft, by=publisher.user)
        answer = publisher.get(f"{LIST}?review={asked}")
        assert len(answer.context["cl"].result_list) == number
        assert AgreementEdition.objects.count() == 2


def test_without_four_eyes_nothing_is_in_the_way(publisher, draft, settings):
    settings.FOUR_EYES = False
    draft = save(draft, "Two", publisher.user)
    assert "Publish now" in text(page(publisher, draft, "publish"))
    do(publisher, draft, "publish", when="now")
    assert fresh(draft).number == 1
