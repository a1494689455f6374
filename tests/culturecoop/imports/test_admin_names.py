"""The names of an import that nobody knows, answered once each."""

import pytest

from agreements.models import Party, PartyAlias
from culturecoop.imports import jobs

from .adminsteps import LIST, NEW, answers, mapped, open_, ruritanie, send, upload


def test_names_are_answered_once(publisher):
    job = mapped(publisher)
    assert job.findings["unmatched"] == {"Ruritanie": 2}
    assert "1 name is not known" in open_(publisher, job, "change")
    text = open_(publisher, job, "names")
    assert "Ruritanie" in text
    assert '<option value="FR" label="France (FR)">' in text
    send(publisher, job, "names", NEW)
    assert job.mapping["new_names"] == {"RUR": {"kind": "former_country", "name": "Ruritania"}}
    assert job.findings["unmatched"] == {}
    assert job.findings["new"] == job.mapping["new_names"]
    text = open_(publisher, job, "names")
    assert "They are added when the rows are taken over" in text
    assert 'value="RUR"' in text
    send(publisher, job, "apply")
    assert Party.objects.get(code="RUR").name == "Ruritania"
    assert PartyAlias.objects.get().alias == "Ruritanie"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (ruritanie(codes="FR; Germany"), ["FR", "DE"]),
        (ruritanie(out="on"), []),
        (ruritanie(), None),
    ],
)
def test_answers(publisher, said, expected):
    job = mapped(publisher)
    send(publisher, job, "names", said)
    assert job.mapping.get("names", {}).get("Ruritanie") == expected


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (ruritanie(codes="Ruritania"), "is neither a code nor a name"),
        (ruritanie(code="RUR", label=""), "needs a code, a kind and a name"),
        (ruritanie(code="RUR", kind="x"), "needs a code, a kind and a name"),
        (ruritanie(codes="FR", out="on"), "Expected one answer"),
        (ruritanie(code="FR"), "The register has a party of this code"),
        (ruritanie(code="RUR", label="R" * 5000), "Name: Ensure this value has at most 200"),
        (ruritanie(code="R" * 25), "Code: Ensure this value has at most 24"),
        (ruritanie(code="rur"), "Code: Write capital letters"),
    ],
)
def test_wrong_answers_are_shown_again(publisher, said, fault):
    job = mapped(publisher)
    text = send(publisher, job, "names", said)
    assert fault in text
    assert said["names-0-codes"] in text
    assert "names" not in job.mapping


def test_good_answers_are_kept_beside_wrong_ones(publisher):
    rows = "B-1;T1;Ruritanie\nB-2;T2;Grande Fenwick\nB-3;T3;Grande Fenwick\n"
    job, _page = upload(publisher, "Réf;Intitulé;Parties\n" + rows)
    said = {"to-0": "slug", "to-1": "title_fr", "to-2": "parties", "preview": "1"}
    send(publisher, job, "columns", said)
    said = answers(
        {"name": "Grande Fenwick", "codes": "FR"}, {"name": "Ruritanie", "codes": "Bulgria"}
    )
    text = send(publisher, job, "names", said)
    assert "1 answer cannot be used: see below. The others are kept." in text
    assert "Did you mean Bulgaria (BG)?" in text
    assert "Bulgria" in text
    assert job.mapping["names"] == {"Grande Fenwick": ["FR"]}


def test_what_the_mapping_answers_stands_apart(publisher):
    job = mapped(publisher)
    job.mapping["names"] = {"Freedonia": ["FR"]}
    job.save()
    text = open_(publisher, job, "names")
    assert "Ruritanie" in text
    assert "Freedonia" not in text
    text = open_(publisher, job, "names", settled="1")
    assert "Freedonia" in text
    assert 'value="Ruritanie"' not in text


def test_a_new_name_in_a_file_is_checked_before_anything_is_read(publisher):
    job = mapped(publisher)
    new = {"RUR": {"kind": "former_country", "name": "R" * 5000}}
    job.mapping |= {"names": {"Ruritanie": ["RUR"]}, "new_names": new}
    jobs.save_parse_options(job)
    jobs.plan(job)
    assert job.state == "refused"
    assert job.message.startswith("new_names.RUR: Name: Ensure this value has at most 200")


def test_the_most_frequent_name_stands_first(publisher):
    counts = {"Ypsilonia the Greater": 20, "Yy": 3, "Aa": 3}
    names = [name for name, count in counts.items() for _time in range(count)]
    rows = "".join(f"B-{n};T{n};{name}\n" for n, name in enumerate(names))
    job, _page = upload(publisher, "Réf;Intitulé;Parties\n" + rows)
    said = {"to-0": "slug", "to-1": "title_fr", "to-2": "parties", "preview": "1"}
    send(publisher, job, "columns", said)
    job.refresh_from_db()
    formset = publisher.get(f"{LIST}{job.pk}/names/").context["formset"]
    found = [(form["name"].value(), form.rows) for form in formset]
    assert found == [("Ypsilonia the Greater", 20), ("Aa", 3), ("Yy", 3)]


def test_authors_see_what_a_publisher_has_to_do(publisher, signed_in):
    author = signed_in("author")
    job = mapped(author)
    text = send(author, job, "names", NEW)
    assert "A publisher has to add them" in open_(author, job, "names")
    assert job.counts.get("new", 0) == 1, text


def test_answers_of_the_mapping_are_no_aliases(publisher):
    """What a mapping says is true of its kind of file; only what the editor says is kept."""
    job = mapped(publisher)
    job.mapping["names"] = {"Allemagne de Bonn": ["DE"]}
    job.save()
    send(publisher, job, "names", NEW)
    assert job.answered == ["Ruritanie"]
    send(publisher, job, "apply")
    assert [alias.alias for alias in PartyAlias.objects.all()] == ["Ruritanie"]


def test_a_party_that_nobody_means_any_more_is_not_added(publisher):
    job = mapped(publisher)
    send(publisher, job, "names", NEW)
    assert "RUR" in job.mapping["new_names"]
    send(publisher, job, "names", ruritanie(codes="DE"))
    assert "new_names" not in job.mapping
    send(publisher, job, "apply")
    assert not Party.objects.filter(code="RUR").exists()


def test_the_code_of_another_country_is_no_new_party(publisher):
    Party.objects.filter(code="FR").delete()
    job = mapped(publisher)
    said = ruritanie(code="FR", label="Ruritania")
    text = send(publisher, job, "names", said)
    assert "“FR” is the code of France" in text


def test_a_name_is_shown_with_its_place_and_a_guess(publisher):
    text = "No;Parties\n1;Germany\n2;GERMANNY\n3;Atlantis\n4;New Guinee Papua\n"
    job, _page = upload(publisher, text, "a.csv", "utf-8")
    send(publisher, job, "columns", {"to-0": "slug", "to-1": "parties", "preview": "1"})
    page = open_(publisher, job, "names")
    assert "first in row 3" in page
    assert "Did you mean Germany (DE)?" in page
    assert "Did you mean Papua New Guinea (PG)?" in page
    assert page.count("Did you mean") == 2


def test_a_page_without_its_count_of_names_keeps_nothing(publisher):
    job = mapped(publisher)
    typed = {"names-0-name": "Ruritanie", "names-0-codes": "DE"}
    assert "ManagementForm data is missing" in send(publisher, job, "names", typed)
    assert "names" not in job.mapping


def test_only_names_of_the_file_are_answered(publisher):
    job = mapped(publisher)
    page = answers({"name": "Elsewhere", "codes": "FR"}, {"name": "Ruritanie", "codes": "DE"})
    send(publisher, job, "names", page)
    assert job.mapping["names"] == {"Ruritanie": ["DE"]}
    send(publisher, job, "names", page | {"names-INITIAL_FORMS": "0"})
    assert job.mapping["names"] == {"Ruritanie": ["DE"]}
