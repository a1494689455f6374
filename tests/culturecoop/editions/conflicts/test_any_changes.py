"""Whatever two people change, nothing of either is lost but what the other one was chosen for."""

from random import Random

import pytest

from agreements.models import AgreementEdition
from tests.forms import add_row

pytestmark = pytest.mark.django_db

FIELDS = {"draft": ["legal_basis", "internal_note"], "references": ["value"],
          "events": ["note", "source"], "texts": ["title", "line"]}  # fmt: skip


@pytest.fixture
def filled(draft):
    for value in ("one", "two", "three"):
        draft.references.create(scheme="other", value=value)
    for year in ("2011", "2012"):
        draft.events.create(kind="ratification", date=year)
    return draft


def stored(draft):
    """Return {(kind, id): {field: value}} of a draft and of its rows."""
    rows = {("draft", draft.pk): AgreementEdition.objects.get(pk=draft.pk)}
    for kind in ("references", "events", "texts"):
        rows |= {(kind, row.pk): row for row in getattr(draft, kind).all()}
    return {
        place: {field: getattr(row, field) for field in FIELDS[place[0]]}
        for place, row in rows.items()
    }


def change(form, state, dice, who):
    """Change a form at random; return what the draft says then, of one who is alone with it."""
    found = {place: dict(values) for place, values in state.items()}
    for place in [*found]:
        kind, pk = place
        for field in FIELDS[kind]:
            if dice.random() < 0.4:
                found[place][field] = f"{who} {dice.randint(1, 2)}"
                form.values[_name(form, kind, pk, field)] = [found[place][field]]
        if kind in ("references", "events") and dice.random() < 0.3:
            form.values[_name(form, kind, pk, "DELETE")] = ["on"]
            del found[place]
    if dice.random() < 0.6:
        number = add_row(form.values, "references", scheme="other", value=f"new of {who}")
        found["references", f"{who}{number}"] = {"value": f"new of {who}"}
    return found


def _name(form, kind, pk, field):
    if kind == "draft":
        return field
    numbers = range(int(form.values[f"{kind}-INITIAL_FORMS"][0]))
    number = next(n for n in numbers if form.values[f"{kind}-{n}-id"] == [str(pk)])
    return f"{kind}-{number}-{field}"


def merged(base, theirs, mine, side):
    """Return one draft of both; of what both changed, one side."""
    found = []
    for place in base.keys() | theirs.keys() | mine.keys():
        was, hers, his = (state.get(place) for state in (base, theirs, mine))
        if was is None or (hers and his):
            was, hers, his = was or {}, hers or {}, his or {}
            names = was.keys() | hers.keys() | his.keys()
            row = {n: _cell(was.get(n), hers.get(n), his.get(n), side) for n in names}
        else:
            row = _cell(was, hers, his, side)
        if row:
            found.append((place[0], sorted(row.items())))
    return sorted(found)


def _cell(was, hers, his, side):
    if hers == was or his == was:
        return his if hers == was else hers
    return his if side == "mine" else hers


def said(state):
    return sorted((kind, sorted(values.items())) for (kind, _id), values in state.items())


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("side", ["mine", "theirs"])
def test_all_that_one_changed_is_kept_and_of_both_the_chosen_side(forms, filled, side, seed):
    dice, base = Random(seed), stored(filled)
    mine, hers = forms(filled)
    theirs = change(hers, base, dice, "maria")
    hers.save()
    ours = change(mine, base, dice, "adam")
    mine.post()
    assert mine.choose(everything=side).status_code == 302
    assert said(stored(filled)) == merged(base, theirs, ours, side)


@pytest.mark.parametrize("seed", range(6))
def test_saving_over_leaves_the_form_as_it_stands(forms, filled, seed):
    dice, base = Random(seed), stored(filled)
    mine, hers = forms(filled)
    change(hers, base, dice, "maria")
    hers.save()
    ours = change(mine, base, dice, "adam")
    mine.post()
    assert mine.over().status_code == 302
    assert said(stored(filled)) == said(ours)
