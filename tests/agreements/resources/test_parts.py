"""The sheets of texts, parties, references and relations: changing what was exported."""

import pytest

from agreements.models import AgreementEdition, Party
from culturecoop.editions import verbs
from culturecoop.sheets import registry
from culturecoop.sheets.comparison import PlannedRow
from tests.answering import publish
from tests.culturecoop.imports.plannedjobs import export

pytestmark = pytest.mark.django_db


def planned(name, rows, **options):
    resource = registry.find(name)(**options)
    found = [PlannedRow(number, dict(cells)) for number, cells in enumerate(rows, 2)]
    resource.plan(found)
    return resource, found


def written(name, rows, **options):
    resource, found = planned(name, rows, **options)
    resource.lock({row.subject for row in found})
    resource.apply([row for row in found if row.kind in ("new", "changed")])
    return found


def draft_of(slug):
    return AgreementEdition.objects.drafts().get(agreement__slug=slug)


def test_texts(korea):
    _headings, [row] = export("texts")
    rows = [row | {"title": "Changed"}, row | {"language": "fr", "title": "Corée", "base": ""}]
    assert [str(r.kind) for r in written("texts", rows)] == ["changed", "new"]
    texts = {text.language: text.title for text in draft_of("korea").texts.all()}
    assert texts == {"en": "Changed", "fr": "Corée"}


def test_a_party_without_a_place_comes_last(korea):
    Party.objects.create(code="JP")
    row = {"agreement": "korea", "party": "JP", "position": ""}
    assert [r.kind for r in written("agreement_parties", [row])] == ["new"]
    codes = [part.party.code for part in draft_of("korea").parties.all()]
    assert codes == ["EU", "KR", "JP"]


def test_parties_change_places(korea):
    _headings, rows = export("agreement_parties")
    places = {"EU": "5", "KR": "2"}
    written("agreement_parties", [row | {"position": places[row["party"]]} for row in rows])
    assert [part.party.code for part in draft_of("korea").parties.all()] == ["KR", "EU"]


def test_relations_and_references(korea, colombia):
    rows = [{"agreement": "korea", "kind": "amends", "related": "colombia"}]
    written("relations", rows)
    assert draft_of("korea").relations.get().agreement.slug == "colombia"
    rows = [{"agreement": "colombia", "key": "", "scheme": "oj", "value": "L 1", "address": ""}]
    written("references", rows)
    assert draft_of("colombia").references.get().value == "L 1"
    for name in ("relations", "references"):
        _resource, found = planned(name, export(name)[1])
        assert {row.kind for row in found} == {"unchanged"}


def test_what_was_removed_since_the_export(korea):
    _headings, rows = export("agreement_parties")
    draft = verbs.new_draft(korea)
    draft.parties.filter(party__code="KR").delete()
    draft.events.all().delete()
    publish(draft)
    _resource, found = planned("agreement_parties", rows)
    assert [str(row.kind) for row in found] == ["unchanged", "error"]
    assert "removed since the export" in found[1].errors[0][2]


def test_parts_of_what_is_pending(db):
    rows = [{"agreement": "c", "language": "en", "title": "C"}]
    _resource, [row] = planned("texts", rows, pending={"agreements": {"c"}})
    assert row.kind == "new"
    resource, [row] = planned("texts", rows)
    assert row.kind == "error"
    resource.pending = {"agreements": {"c"}}
    resource.lock({"c"})
    row = PlannedRow(2, rows[0])
    resource.plan([row])
    assert row.kind == "error"
