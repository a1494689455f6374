"""Who is told of a review and of a publication, in the admin and by mail, in his language."""

import datetime
from smtplib import SMTPException

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import override

from culturecoop.editions import bulk, verbs
from culturecoop.editions.together import try_to_publish_many
from culturecoop.notifications.models import Kind, Notification, Preferences
from culturecoop.notifications.wording import sentence
from tests.answering import Everything, publish
from tests.culturecoop.editions.savings import fresh, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(make_agreement):
    return make_agreement("korea", title="Korea", publish=False)


@pytest.fixture
def people(signed_in):
    """{name: user}: an author and two publishers, each with an e-mail address."""
    users = {
        name: signed_in(role, name).user
        for name, role in [("ana", "author"), ("ben", "publisher"), ("cleo", "publisher")]
    }
    for name, user in users.items():
        user.email = f"{name}@example.org"
        user.save()
    return users


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """sent(verb, …) → the mails of what is done."""

    def do(verb, *args, **kwargs):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            verb(*args, **kwargs)
        return mail.outbox

    return do


def told(user):
    return [sentence(one) for one in Notification.objects.filter(person=user)]


class TestWho:
    def test_publishers_of_what_is_submitted(self, draft, people, sent, signed_in):
        mails = sent(verbs.submit, draft, note="Look at it", by=people["ben"])
        assert told(people["cleo"]) == ["ben submitted “Korea” for review."]
        assert told(people["ben"]) == told(people["ana"]) == []
        [one] = mails
        assert one.to == ["cleo@example.org"]
        assert one.subject == "[Cultural cooperation] ben submitted “Korea” for review."
        assert "Look at it" in one.body

    def test_the_author_of_what_is_sent_back(self, draft, people, sent):
        draft = save(draft, "Korea", people["ana"])
        verbs.submit(draft, by=people["ana"])
        mails = sent(verbs.send_back, draft, reason="The date", by=people["ben"])
        assert told(people["ana"]) == ["ben sent back “Korea”."]
        assert [one.to for one in mails] == [["ana@example.org"]]
        assert "The date" in mails[0].body

    def test_the_author_of_what_is_approved(self, draft, people):
        draft = save(draft, "Korea", people["ana"])
        verbs.approve(draft, note="Fine", by=people["ben"], agreed=Everything())
        assert told(people["ana"]) == ["ben approved “Korea”: it may be published."]

    def test_a_submission_is_settled_by_the_next_step(self, draft, people):
        verbs.submit(draft, by=people["ana"])
        assert Notification.objects.filter(read_at=None).count() == 2
        verbs.take_back(draft, by=people["ana"])
        assert not Notification.objects.filter(read_at=None).exists()

    def test_its_authors_of_what_others_publish(self, draft, people, sent):
        draft = save(draft, "Korea", people["ana"])
        draft = save(draft, "Korea", people["ben"])
        mails = sent(publish, fresh(draft), by=people["ben"])
        assert told(people["ana"]) == ["ben published “Korea”."]
        assert [one.to for one in mails] == [["ana@example.org"]]

    def test_what_is_scheduled_is_not_called_published(self, draft, people):
        draft = save(draft, "Korea", people["ana"])
        publish(fresh(draft), by=people["ben"], at=timezone.now() + datetime.timedelta(days=3))
        [one] = told(people["ana"])
        assert one.startswith("ben scheduled “Korea” for ")

    def test_nobody_of_what_is_refused(self, draft, people, sent, settings):
        settings.FOUR_EYES = True
        draft = save(draft, "Korea", people["ana"])
        with pytest.raises(verbs.Refused):
            publish(fresh(draft), by=people["ben"])
        assert not Notification.objects.exists()

    def test_no_retired_account(self, draft, people, sent):
        people["cleo"].is_active = False
        people["cleo"].save()
        assert sent(verbs.submit, draft, by=people["ben"]) == []
        assert told(people["cleo"]) == []


class TestTogether:
    def test_is_told_once(self, make_agreement, people, sent):
        drafts = [make_agreement(f"a{n}", publish=False) for n in range(5)]
        bulk.record_changes(drafts, by=people["ana"])
        options = {"by": people["ben"], "agreed": Everything()}
        mails = sent(try_to_publish_many, drafts[:3], **options)
        assert len(mails) == 1
        assert sent(try_to_publish_many, drafts[3:], **options) == []
        assert told(people["ana"]) == ["ben published 5 drafts of yours, “a0” among them."]


class TestChosen:
    def test_what_somebody_does_not_want(self, draft, people, sent):
        Preferences.objects.create(person=people["cleo"], silent=["mail submitted"])
        assert sent(verbs.submit, draft, by=people["ben"]) == []
        assert len(told(people["cleo"])) == 1
        Preferences.objects.update(silent=["admin submitted"])
        Notification.objects.all().delete()
        verbs.take_back(fresh(draft), by=people["ben"])
        [one] = sent(verbs.submit, fresh(draft), by=people["ben"])
        assert told(people["cleo"]) == []
        assert f"/{draft.pk}/" in one.body

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("de", "ben hat „Korea“ zur Prüfung vorgelegt."),
            ("fr", "ben a soumis « Korea » à relecture."),
        ],
    )
    def test_in_the_language_of_each(self, draft, people, sent, language, said):
        Preferences.objects.create(person=people["cleo"], language=language)
        with override("en"):
            [one] = sent(verbs.submit, draft, by=people["ben"])
        assert said in one.body.replace("\xa0", " ").replace("\u202f", " ")

    def test_without_an_address_nothing_is_sent(self, draft, people, sent):
        people["cleo"].email = ""
        people["cleo"].save()
        assert sent(verbs.submit, draft, by=people["ben"]) == []


def test_mail_that_cannot_be_sent_stops_nothing(draft, people, sent, mocker_of_send, caplog):
    mocker_of_send(SMTPException("No such server"))
    sent(verbs.submit, draft, by=people["ben"])
    assert "could not be sent by mail: No such server" in caplog.text
    assert len(told(people["cleo"])) == 1


@pytest.fixture
def mocker_of_send(monkeypatch):
    """Let the server of the mail fail, as one that is away does."""

    def fail(fault):
        def send(self, *args, **kwargs):
            raise fault

        monkeypatch.setattr("django.core.mail.EmailMessage.send", send)

    return fail


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow_with_drafts(
    make_agreement, people, number, django_assert_max_num_queries
):
    from culturecoop.notifications.telling import tell

    drafts = [make_agreement(f"a{n}", publish=False) for n in range(number)]
    bulk.record_changes(drafts, by=people["ana"])
    for draft in drafts:
        draft.published_at = timezone.now()
    with django_assert_max_num_queries(12):
        tell(Kind.PUBLISHED, drafts, people["ben"], "", None)
