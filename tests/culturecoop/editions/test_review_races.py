"""Many people edit, submit, approve, publish and withdraw the same three agreements at once.

What each of them was told is the witness: no word that was acknowledged is lost, and nothing is
public that its last author has approved himself, or nobody.
"""

import random
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from django.db import connection, transaction

from agreements.models import AgreementEdition
from culturecoop.editions import verbs
from culturecoop.editions.proofs import faults
from culturecoop.editions.reviews import Step, reviews_of
from tests.answering import approve, publish

from .test_races import together

# Twenty connections at once wait longer than they may on a busy machine: then it is tried again.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.flaky(reruns=2)]


@dataclass
class Person:
    """Somebody who does one thing after the other, and remembers what succeeded."""

    user: object
    identities: list
    chance: random.Random
    saved: list = field(default_factory=list)  # (edition, version, who, title)

    def work(self, rounds):
        verbs_of_all = (
            self.edit, self.edit, self.submit, self.send_back, self.approve, self.publish,
            self.publish_alone, self.withdraw,
        )  # fmt: skip
        for turn in range(rounds):
            with suppress(verbs.Refused, AgreementEdition.DoesNotExist):
                self.chance.choice(verbs_of_all)(turn)
        return self.saved

    def one(self, editions):
        return editions.filter(agreement=self.chance.choice(self.identities)).latest("pk")

    def draft(self):
        return self.one(AgreementEdition.objects.drafts())

    def edit(self, turn):
        """Save a title of his own, in a new draft where there is none."""
        title = f"{self.user} {turn}"
        with transaction.atomic():
            try:
                draft = verbs.record_change(
                    seen := self.draft(), by=self.user, version=seen.version
                )
            except AgreementEdition.DoesNotExist:
                source = self.one(AgreementEdition.objects.content())
                act = verbs.restore if source.live_until else verbs.new_draft
                draft = act(source, by=self.user)
            draft.texts.update(title=title)
        self.saved.append((draft.pk, draft.version, self.user, title))

    def submit(self, turn):
        verbs.submit(self.draft(), by=self.user)

    def send_back(self, turn):
        verbs.send_back(self.draft(), reason="No", by=self.user)

    def approve(self, turn):
        approve(self.draft(), by=self.user)

    def publish(self, turn):
        publish(self.draft(), by=self.user, approves=True)

    def publish_alone(self, turn):
        publish(self.draft(), by=self.user)

    def withdraw(self, turn):
        verbs.withdraw(self.one(AgreementEdition.objects.live()), reason="Wrong", by=self.user)


def race(make_agreement, signed_in, rounds):
    """Let them work; check what is left against what each of them was told."""
    number = 20 if connection.vendor == "postgresql" else 4
    editions = [make_agreement(f"a{n}", publish=False) for n in range(3)]
    identities = [edition.agreement for edition in editions]
    users = [signed_in("publisher", f"p{n}").user for n in range(5)]
    people = [Person(users[n % 5], identities, random.Random(n)) for n in range(number)]
    outcomes = together(*(lambda person=person: person.work(rounds) for person in people))
    assert all(isinstance(outcome, list) for outcome in outcomes), outcomes
    saved = [row for outcome in outcomes for row in outcome]
    nothing_is_lost(saved)
    nothing_is_public_unapproved(saved)
    assert list(faults(AgreementEdition)) == []
    return len(saved)


def nothing_is_lost(saved):
    last = {}
    for edition, version, _who, title in saved:
        last[edition] = max(last.get(edition, (0, "")), (version, title))
    assert len({row[:2] for row in saved}) == len(saved)  # no version was given twice
    for edition in AgreementEdition.objects.filter(pk__in=last):
        assert (edition.version, edition.texts.get().title) == last[edition.pk]


def nothing_is_public_unapproved(saved):
    authors = {row[:2]: row[2] for row in saved}
    public = list(AgreementEdition.objects.published().content())
    reviews = reviews_of(public)
    for edition in public:
        review = reviews[edition.pk]
        assert (review.step, review.version) == (Step.APPROVED, edition.version)
        assert review.by != authors.get((edition.pk, edition.version))


def test_nothing_is_lost_and_nothing_unapproved_is_public(make_agreement, signed_in, four_eyes):
    assert race(make_agreement, signed_in, rounds=12) > 3


@pytest.mark.exploring
def test_the_same_for_long(make_agreement, signed_in, four_eyes):
    assert race(make_agreement, signed_in, rounds=150) > 30
