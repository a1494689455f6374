"""Which answers become aliases of a party."""

import pytest

from agreements.models import Party, PartyAlias
from agreements.resources.party_names import remember
from culturecoop.countrynames.aliases import holds_everywhere


@pytest.mark.parametrize(
    ("name", "code"),
    [("Soviet Union", "SUHH"), ("Corée du Sud (RK)", "KR"), ("BLEU", "BLEU"), ("Hellas", "GR")],
)
def test_true_of_every_file(name, code):
    assert holds_everywhere(name, code)


@pytest.mark.parametrize(
    ("name", "code"),
    [("Palestine", "PALESTINE-MANDATE"), ("Korea", "KR"), ("KOREA REPUBLIC", "KP"),
     ("Congo", "CG"), ("China Republic of", "TW"), ("Republic of", "TW"), ("North", "KP"),
     ("Democratic Republic", "CD"), ("West Indies", "JM"), ("Samoa Islands", "WS"), ("356", "IN"),
     ("People's Republic of", "CN"), ("Others", "FR")],
)  # fmt: skip
def test_true_of_this_file_only(name, code):
    assert not holds_everywhere(name, code)


def test_only_clear_answers_are_kept(db):
    for code in ("KR", "GR", "FI", "SE"):
        Party.objects.create(code=code)
    answers = {"Korea": ["KR"], "Hellas!": ["GR"], "Finland Sweden": ["FI", "SE"], "n.n.": []}
    remember(answers)
    assert [(row.party.code, row.alias) for row in PartyAlias.objects.all()] == [("GR", "Hellas!")]
    remember(answers)
    assert PartyAlias.objects.count() == 1
