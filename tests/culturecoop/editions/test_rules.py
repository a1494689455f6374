"""Random sequences of verbs with a moved clock, against a plain model of the rules."""

import datetime

import time_machine
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agreements.models import Agreement, AgreementEdition
from culturecoop.editions import verbs
from culturecoop.editions.proofs import faults
from tests.answering import publish
from tests.profiles import examples

HOUR = datetime.timedelta(hours=1)
START = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)
WITHDRAWN = "withdrawn"

hours = st.integers(1, 6)
steps = st.one_of(
    st.just(("new_draft",)),
    st.just(("edit",)),
    st.just(("publish", 0)),
    st.tuples(st.just("publish"), hours),
    st.tuples(st.just("cancel_schedule"), st.integers(0, 2)),
    st.tuples(st.just("withdraw"), st.sampled_from([0, 0, 2])),
    st.tuples(st.just("restore"), st.integers(0, 5)),
    st.just(("discard",)),
    st.tuples(st.just("wait"), hours),
)


class Rules:
    """What the verbs promise, in lists and dictionaries: None from a method is a refusal."""

    def __init__(self):
        self.now, self.draft, self.published, self.cancelled = START, "0", {}, []

    def standing(self, at):
        begun = [begin for begin in self.published if begin <= at]
        return self.published[max(begun)] if begun else None

    def on_the_site(self, at):
        return self.standing(at) not in (None, WITHDRAWN)

    def scheduled(self):
        return sorted(begin for begin in self.published if begin > self.now)

    def sources(self):
        """What can be restored, oldest first."""
        return [self.published[begin] for begin in sorted(self.published)]

    def new_draft(self):
        """What is live or scheduled can be edited; what readers saw before is restored."""
        content = [begin for begin in self.published if self.published[begin] != WITHDRAWN]
        begun = [begin for begin in self.published if begin <= self.now]
        if self.draft is None and content and max(content) >= max(begun, default=self.now):
            self.draft = self.published[max(content)]
            return True

    def restore(self, index):
        superseded = [begin for begin in sorted(self.published) if begin <= self.now][:-1]
        chosen = sorted(self.published)[index] if index < len(self.published) else None
        if self.draft is None and chosen in superseded and self.published[chosen] != WITHDRAWN:
            self.draft = self.published[chosen]
            return True

    def edit(self):
        if self.draft is not None:
            self.draft += "x"
            return True

    def publish(self, ahead):
        at = self.now + ahead * HOUR
        if self.draft is not None and (not ahead or at not in self.published):
            self.published[at], self.draft = self.draft, None
            return True

    def cancel_schedule(self, index):
        if index >= len(self.scheduled()):
            return None
        begin = self.scheduled()[index]
        if self.published[begin] == WITHDRAWN:
            del self.published[begin]
        elif self.draft is not None:
            return None
        else:
            self.draft = self.published.pop(begin)
        return True

    def withdraw(self, ahead):
        at = self.now + ahead * HOUR
        if not self.on_the_site(self.now) or not self.on_the_site(at):
            return None
        if ahead and at in self.published:
            return None
        for begin in [begin for begin in self.published if begin > at]:
            del self.published[begin]
        self.published[at] = WITHDRAWN
        return True

    def discard(self):
        if self.draft is not None:
            self.draft = None
            return True

    def wait(self, ahead):
        self.now += ahead * HOUR
        return True


class Site:
    """The same steps through the verbs."""

    def __init__(self, clock):
        self.clock = clock
        self.agreement = Agreement.objects.create(slug="korea")
        draft = verbs.start(self.agreement, AgreementEdition)
        draft.texts.create(language="en", title="0")

    @property
    def editions(self):
        return AgreementEdition.objects.filter(agreement=self.agreement)

    def the_draft(self):
        draft = self.editions.drafts().first()
        if draft is None:
            raise verbs.Refused("no draft")
        return draft

    def pick(self, queryset, index):
        try:
            return queryset.order_by("live_from")[index]
        except IndexError:
            raise verbs.Refused("no such edition") from None

    def new_draft(self):
        content = self.editions.published().content().order_by("-live_from").first()
        if content is None:
            raise verbs.Refused("nothing published")
        verbs.new_draft(content)

    def restore(self, index):
        verbs.restore(self.pick(self.editions.published(), index))

    def edit(self):
        draft = verbs.record_change(self.the_draft())
        text = draft.texts.get()
        text.title += "x"
        text.save()

    def publish(self, ahead):
        publish(self.the_draft(), at=self.at(ahead))

    def cancel_schedule(self, index):
        verbs.cancel_schedule(self.pick(self.editions.scheduled(), index))

    def withdraw(self, ahead):
        edition = self.editions.live().first() or self.editions.first()
        if edition is None:
            raise verbs.Refused("nothing there")
        verbs.withdraw(edition, reason="Because", at=self.at(ahead))

    def discard(self):
        verbs.discard(self.the_draft())

    def wait(self, ahead):
        self.clock.shift(ahead * HOUR)

    def at(self, ahead):
        return datetime.datetime.now(datetime.UTC) + ahead * HOUR if ahead else None

    def title(self, edition):
        return WITHDRAWN if edition.withdrawal else edition.texts.get().title

    def standing(self, at):
        edition = self.editions.in_force(at).first()
        return edition and self.title(edition)

    def draft_title(self):
        draft = self.editions.drafts().first()
        return draft and draft.texts.get().title


class TestVerbs(TestCase):
    @examples(3)
    @given(st.lists(steps, max_size=14))
    def test_the_verbs_keep_the_rules(self, sequence):
        with time_machine.travel(START, tick=False) as clock:
            rules, site = Rules(), Site(clock)
            for name, *arguments in sequence:
                # Published at one moment of a stopped clock: a microsecond apart, as the verb does.
                clock.shift(datetime.timedelta(seconds=1))
                rules.now += datetime.timedelta(seconds=1)
                allowed = getattr(rules, name)(*arguments)
                try:
                    getattr(site, name)(*arguments)
                except verbs.Refused:
                    assert not allowed, name
                else:
                    assert allowed, name
                self.compare(rules, site)

    def compare(self, rules, site):
        assert site.draft_title() == rules.draft
        for ahead in range(8):
            at = rules.now + ahead * HOUR
            assert site.standing(at) == rules.standing(at)
        assert list(faults(AgreementEdition)) == []
        numbers = list(site.editions.published().values_list("number", flat=True))
        assert len(numbers) == len(set(numbers))
