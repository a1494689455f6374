"""Lists as ministries and researchers keep them, from the upload to the preview, untouched."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from culturecoop.imports import jobs
from culturecoop.mapping import Mapping, files

from .adminsteps import LIST, answers, open_, send, upload

pytestmark = pytest.mark.django_db

CZECH = """Přehled smluv;;;;
Č.;Název smlouvy;Smluvní strany;Datum podpisu;V platnosti od;Poznámka
12;Dohoda o kultuře;Spojené státy americké, Spolková republika Německo;13.2.1993;1.3.1994;
14;Dohoda o filmu;Jugoslávie, Česká republika;14.5.1999;2.3.2000;x
"""
NUMBERED = "number,name,year,language,c1,c2,c3,mc1\n" + "".join(
    f"{n},Agreement {n},{1990 + n},English,{numbers},NA\n"
    for n, numbers in enumerate(["4,356,NA", "12,250,276", "890,70,NA"], 1)
)
POLISH = (
    "Lp.\tPaństwo\tPartner\tTytuł umowy\tData podpisania\tWejście w życie\n"
    "1\tPolska\tKrólestwo Niderlandów\tUmowa o kulturze\t13.02.2003\t01.03.2004\n"
    "2\tPolska\tKonfederacja Szwajcarska\tUmowa o filmie\t14.02.2003\t\n"
)


def planned(text, name):
    job = jobs.create(ContentFile(text.encode()), name=name)
    jobs.propose(job)
    jobs.plan(job)
    return job


def parties(job):
    return [row.cells["parties"] for row in job.rows.order_by("number")]


def test_a_list_in_czech():
    job = planned(CZECH, "smlouvy.csv")
    assert job.counts == {"new": 2}
    assert parties(job) == ["US; DE", "CSXX; CZ"]
    assert job.rows.first().cells["entry_into_force"] == "1994-03-01"
    assert job.mapping["columns"]["title_cs"] == {"sources": ["Název smlouvy"]}
    assert set(job.findings["new"]) == {"US", "DE", "CSXX", "CZ"}


def test_a_column_of_numbers_for_each_party():
    job = planned(NUMBERED, "treaties.csv")
    assert job.counts == {"new": 3}
    assert parties(job) == ["AF; IN", "DZ; FR; DE", "YUCS; BA"]
    assert job.mapping["columns"]["parties"] == {
        "sources": ["c1", "c2", "c3"], "take": "join", "notation": "numeric",
    }  # fmt: skip


def test_two_sides_in_polish():
    job = planned(POLISH, "umowy.tsv")
    assert job.counts == {"new": 2}
    assert parties(job) == ["PL; NL", "PL; CH"]
    assert job.rows.first().cells["entry_into_force"] == "2004-03-01"


def test_the_command_tells_the_same(tmp_path, capsys):
    path, mapping = tmp_path / "treaties.csv", tmp_path / "mapping.toml"
    path.write_text(NUMBERED.replace("890,70", "890,999"))
    mapping.write_text(files.dumps(Mapping.from_dict(planned(NUMBERED, "treaties.csv").mapping)))
    with pytest.raises(SystemExit):
        call_command("import", path, mapping=str(mapping), dry_run=True, json=True)
    report = json.loads(capsys.readouterr().out)
    assert (report["counts"]["new"], report["counts"]["error"]) == (2, 1)
    assert report["unknown_names"] == {"999": 1}


def test_the_page_of_the_columns_keeps_what_is_proposed(publisher):
    job, _page = upload(publisher, NUMBERED, name="treaties.csv", encoding="utf-8")
    text = open_(publisher, job, "columns")
    assert "Parties stand as" in text
    assert "numbers of ISO 3166" in text
    rule = job.mapping["columns"]["parties"]
    columns = {f"to-{n}": "parties" for n in (4, 5, 6)} | {"to-0": "slug", "to-1": "title_en"}
    send(publisher, job, "columns", columns | {"notation-parties": "numeric", "preview": "1"})
    assert job.mapping["columns"]["parties"] == rule
    assert parties(job) == ["AF; IN", "DZ; FR; DE", "YUCS; BA"]


def test_numbers_are_seen_when_a_column_is_chosen_by_hand(publisher):
    text = "Ref;Title;Who\n1;A;4\n2;B;250\n"
    job, _page = upload(publisher, text, name="by_hand.csv", encoding="utf-8")
    said = {"to-0": "slug", "to-1": "title_en", "to-2": "parties", "preview": "1"}
    send(publisher, job, "columns", said)
    assert parties(job) == ["AF", "FR"]


KOREA = "Ref;Title;Parties;Signature\n" + "".join(
    f"{n};Treaty {n};France, {name};{1960 + n}-05-01\n"
    for n, name in enumerate(["Korea", "Korea", "Congo", "Yemen", "Ruritania"], 1)
)


def test_a_name_of_several_is_answered_row_by_row(publisher):
    job, _page = upload(publisher, KOREA, name="korea.csv", encoding="utf-8")
    jobs.plan(job)
    assert parties(job) == ["FR", "FR", "FR", "FR; YEMEN-ARAB-REPUBLIC", "FR"]
    text = open_(publisher, job, "names")
    assert text.count("row by row") == 2  # Korea and Congo, not Ruritania
    assert "Treaty 2 · 1962-05-01 · FR" in text
    slugs = {row.number: row.subject for row in job.rows.all()}
    said = answers({"name": "Korea", "codes": "KR"}, {"name": "Congo"}, {"name": "Ruritania"})
    said |= {f"names-0-of-{slugs[3]}": "North Korea", f"names-1-of-{slugs[4]}": "Atlantis"}
    text = send(publisher, job, "names", said)
    assert "“Atlantis” is neither a code nor a name of a party." in text
    said[f"names-1-of-{slugs[4]}"] = "CD"
    send(publisher, job, "names", said)
    assert job.mapping["names"] == {"Korea": ["KR"]}
    assert job.mapping["row_names"] == {
        "Korea": {slugs[3]: ["KP"]}, "Congo": {slugs[4]: ["CD"]},
    }  # fmt: skip
    assert parties(job) == ["FR; KR", "FR; KP", "FR; CD", "FR; YEMEN-ARAB-REPUBLIC", "FR"]
    assert set(job.findings["new"]) == {"KR", "KP", "CD", "YEMEN-ARAB-REPUBLIC"}
    text = open_(publisher, job, "names")
    assert 'value="KP"' in text


def test_answers_of_rows_that_are_taken_back(publisher):
    job, _page = upload(publisher, KOREA, name="korea.csv", encoding="utf-8")
    jobs.plan(job)
    slug = job.rows.get(number=2).subject
    send(publisher, job, "names", answers({"name": "Korea"}) | {f"names-0-of-{slug}": "KP"})
    assert parties(job)[0] == "FR; KP"
    text = send(publisher, job, "names", answers({"name": "Korea"}) | {f"names-0-of-{slug}": ""})
    assert "row_names" not in job.mapping
    assert parties(job)[0] == "FR", text


def test_more_rows_than_are_shown_at_once(publisher):
    lines = "".join(f"{n};Treaty {n};Korea;1990-05-01\n" for n in range(25))
    text = "Ref;Title;Parties;Signature\n" + lines
    job, _page = upload(publisher, text, name="korea.csv", encoding="utf-8")
    jobs.plan(job)
    for left in (5, 0):
        shown = publisher.get(f"{LIST}{job.pk}/names/").context["formset"][0].row_fields()
        assert len(shown) == 20
        said = {f"names-0-of-{row.slug}": "KR" for row, _field in shown}
        send(publisher, job, "names", answers({"name": "Korea"}) | said)
        assert job.findings["unmatched"].get("Korea", 0) == left
    assert len(job.mapping["row_names"]["Korea"]) == 25
