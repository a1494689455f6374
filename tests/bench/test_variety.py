"""What the register that is measured holds: what the verbs would have stored of the same events."""

import pytest

from agreements.compilation import entry_faults
from agreements.entries import RegisterEntry
from agreements.models import AgreementEdition
from agreements.publication import period_faults
from bench import content
from bench.register_cases import cases
from bench.variety import BESIDE, LIVES, Varied, drawn


@pytest.fixture
def varied(db, monkeypatch):
    monkeypatch.setattr(content, "MADE", 30)  # the other half is copied
    content.make_register(60, Varied())
    return AgreementEdition.objects.filter(agreement__slug__startswith="agreement-")


def test_what_is_stored_follows_from_the_events(varied):
    faults = [(*period_faults(e), *entry_faults(e)) for e in varied.published()]
    assert len(faults) >= 60
    assert not any(faults)


def test_each_agreement_is_listed_once_and_no_draft_is(varied):
    listed = RegisterEntry.objects.live().filter(party=None, slug__startswith="agreement-")
    assert listed.values("slug").distinct().count() == 60
    assert not listed.filter(edition__in=varied.drafts()).exists()
    assert varied.drafts().exists()


def test_shares_are_met():
    numbers = range(5000)
    for what, shares in {"life": LIVES, "beside": BESIDE}.items():
        first, share = next(iter(shares.items()))
        found = sum(drawn(what, n, shares) == first for n in numbers)
        assert found / len(numbers) == pytest.approx(share / 100, rel=0.2)


def test_no_two_cases_have_a_name():
    names = [case.name for case in cases()]
    assert len(names) == len(set(names)) > 70
