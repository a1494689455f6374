"""The steps of an import: the file, its sheet and headings, its columns."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.models import Theme
from culturecoop.imports.models import ImportMapping

from .adminsteps import COLUMNS, LIST, mapped, open_, send, upload

# Sheet and headings


def test_a_foreign_sheet_is_told_and_shown(publisher):
    job, page = upload(publisher)
    text = page.content.decode()
    assert page.redirect_chain[-1][0] == f"{LIST}{job.pk}/sheet/"
    assert job.mapping["heading_rows"] == [3, 4]
    assert "Société des accords" in text
    assert "cp1252" in text
    assert 'aria-current="step"' in text
    assert text.count('class="import-heading"') == 2


def test_other_headings_and_another_encoding(publisher):
    job, _page = upload(publisher)
    said = {"first": "1", "last": "", "encoding": "mac_roman", "delimiter": ";", "show": "1"}
    text = send(publisher, job, "sheet", said)
    assert job.mapping["heading_rows"] == [1, 1]
    assert (job.encoding, job.encoding_guessed) == ("mac_roman", False)
    assert "Société" not in text
    text = send(publisher, job, "sheet", said | {"first": "9", "last": "2"})
    assert "Expected the first row" in text
    text = send(publisher, job, "sheet", said | {"encoding": "utf-8"})
    assert "messagelist" in text
    text = send(
        publisher, job, "sheet", {"first": "3", "last": "4", "encoding": "", "delimiter": ""}
    )
    assert job.encoding == "cp1252"
    assert "Dates / Signature" in text


def test_nothing_chosen_goes_on(publisher):
    job, _page = upload(publisher)
    send(publisher, job, "columns", COLUMNS | {"save": "1"})
    kept = job.mapping
    said = {"first": "3", "last": "4", "encoding": "cp1252", "delimiter": ";"}
    assert "Where the columns of the file go" in send(publisher, job, "sheet", said)
    assert job.mapping == kept


# Columns


def test_columns_are_mapped_by_hand(publisher):
    job, _page = upload(publisher)
    text = open_(publisher, job, "columns")
    assert "Dates / Entrée en vigueur" in text
    assert "16/12/2007" in text
    text = send(publisher, job, "columns", {"to-1": "title_fr", "preview": "1"})
    assert "Still missing" in text
    text = send(publisher, job, "columns", COLUMNS | {"save": "1"})
    assert 'name="notation-signature"' in text
    assert 'name="prefix-slug"' in text
    assert job.mapping["columns"]["slug"] == {"sources": ["Réf"], "take": "slug"}
    assert job.mapping["columns"]["signature"]["notation"] == "day_first"


def test_the_file_is_read_once_for_its_columns(publisher):
    job, _page = upload(publisher)
    text = open_(publisher, job, "columns")
    stored = job.file.storage.path(job.file.name)
    Path(stored).write_text("a,b\n1,2\n", encoding="utf-8")
    assert main_part(open_(publisher, job, "columns")) == main_part(text)
    job.mapping["heading_rows"] = [1, 1]
    job.save()
    assert "Intitulé" not in main_part(open_(publisher, job, "columns"))


def main_part(page):
    return page.partition("Where the columns of the file go")[2].partition("</table>")[0]


def test_a_mapping_of_the_software_is_proposed(publisher):
    headings = "Common.Name,Membership,Type,Date.of.Signature,Date.of.Entry.into.Force,"
    headings += "WTO.notified,In.force.status,Annexes.Available"
    text = f'{headings}\nAEC,"France, Germany",Free,06/03/1991,N/A,no,in force,NA\n'
    job, _page = upload(publisher, text, "list.csv", "utf-8")
    assert job.mapping_name == "gptad"
    assert job.mapping["columns"]["signature"]["notation"] == "month_first"
    assert "Filled in from the mapping “gptad”" in open_(publisher, job, "columns")


def test_texts_in_another_language(publisher):
    job, _page = upload(publisher)
    assert 'value="title_pt"' not in open_(publisher, job, "columns")
    text = send(publisher, job, "columns", {"save": "language", "language": "pt"})
    assert "Texts in Portuguese" in text
    assert 'value="title_pt"' in text
    address = f"{LIST}{job.pk}/columns/?language=pt"
    publisher.post(address, {"to-1": "title_pt", "save": "1"})
    job.refresh_from_db()
    assert job.mapping["columns"]["title_pt"]["sources"] == ["Intitulé"]
    assert 'value="title_pt" selected' in open_(publisher, job, "columns")


def test_options_of_columns_are_kept(publisher):
    job, _page = upload(publisher)
    more = {
        "to-0": "slug", "to-2": ["internal_note", "parties"], "to-5": "internal_note",
        "to-3": "signature", "to-4": "signature", "to-1": "kind",
    }  # fmt: skip
    send(publisher, job, "columns", more | {"save": "1"})
    assert job.mapping["columns"]["internal_note"]["take"] == "labelled"
    words = ["Accord de coopération", "Échange de lettres", "*"]
    options = {
        "combine-signature": "latest", "notation-signature": "day_first",
        "separator-parties": "newline", "always-parties": "FR; DE",
        "combine-internal_note": "lines", "shorten-internal_note": "300", "prefix-slug": "x",
        "values-kind-word": words, "values-kind": ["agreement", "-", "?"],
        "value-kind": "agreement",
        "empty": "n/a; --", "new_constant": "title_de", "new_constant_value": "Ein Titel",
    }  # fmt: skip
    text = send(publisher, job, "columns", more | options | {"save": "1"})
    rules = job.mapping["columns"]
    assert rules["signature"] == {
        "sources": ["Dates / Signature", "Dates / Entrée en vigueur"],
        "take": "latest", "notation": "day_first",
    }  # fmt: skip
    assert rules["parties"]["separator"] == "\n"
    assert rules["parties"]["always"] == ["FR", "DE"]
    assert 'name="always-parties" value="FR; DE"' in text
    assert (rules["internal_note"]["take"], rules["internal_note"]["shorten"]) == ("lines", 300)
    assert rules["kind"]["values"] == {
        "Accord de coopération": "agreement",
        "Échange de lettres": "",
    }
    assert rules["title_de"] == {"value": "Ein Titel"}
    assert job.mapping["empty"] == ["n/a", "--"]
    assert "together with" in text


def test_nonsense_is_refused_and_nothing_typed_is_lost(publisher):
    job, _page = upload(publisher)
    send(publisher, job, "columns", COLUMNS | {"save": "1"})
    before = job.mapping
    said = COLUMNS | {
        "to-5": "nonsense", "notation-signature": "x", "shorten-title_fr": "x",
        "prefix-slug": "Liste", "separator-parties": "|", "empty": "n/a", "preview": "1",
    }  # fmt: skip
    text = send(publisher, job, "columns", said)
    assert (job.mapping, job.state) == (before, "uploaded")
    assert "Please correct the errors below" in text
    assert text.count("Select a valid choice") == 2
    assert "Enter a whole number" in text
    for typed in ('name="prefix-slug" value="Liste"', 'value="|" selected', 'value="n/a"'):
        assert typed in text


def test_a_constant_of_no_column_is_left_out(publisher):
    job, _page = upload(publisher)
    send(publisher, job, "columns", COLUMNS | {"constant-nothing": "x", "preview": "1"})
    assert job.state == "previewed"
    assert set(job.mapping["columns"]) == {
        "slug", "other_number", "title_fr", "parties", "signature", "entry_into_force",
        "internal_note", "source_language",
    }  # fmt: skip


def test_mappings_are_kept_and_used_again(publisher, signed_in):
    job = mapped(publisher)
    said = COLUMNS | {"prefix-slug": "liste", "keep": "1", "name": "Listes"}
    assert "is kept as “Listes”" in send(publisher, job, "columns", said)
    assert "have a mapping “Listes” already" in send(publisher, job, "columns", said)
    assert "is kept as" in send(publisher, job, "columns", said | {"replace": "on"})
    second, page = upload(publisher, mapping="kept:Listes")
    assert page.redirect_chain[-1][0] == second.get_absolute_url()
    assert (second.counts, second.mapping_name) == (job.counts, "Listes")
    other = signed_in("author")
    third, _page = upload(other)
    assert "of somebody else" in send(other, third, "columns", said)
    assert "with this mapping now" in send(other, third, "mapping", {"mapping": "kept:Listes"})
    assert third.mapping["columns"]["slug"]["prefix"] == "liste"
    assert "any more" in send(other, third, "mapping", {"mapping": "kept:Nothing"})


def test_a_mapping_goes_out_and_in_as_toml(publisher):
    job = mapped(publisher)
    toml = publisher.get(f"{LIST}{job.pk}/mapping.toml")
    assert b'prefix = "liste"' in toml.content
    second, _page = upload(publisher)
    file = SimpleUploadedFile("m.toml", toml.content)
    send(publisher, second, "mapping", {"file": file, "upload": "1"})
    assert second.mapping == job.mapping
    for bad in (b"\xff", b"nonsense", b'resource = "agreements"'):
        file = SimpleUploadedFile("m.toml", bad)
        assert "messagelist" in send(publisher, second, "mapping", {"file": file, "upload": "1"})
    assert "Choose a TOML file" in send(publisher, second, "mapping", {"upload": "1"})


def test_kept_mappings_have_a_page(publisher, signed_in):
    kept = ImportMapping.objects.create(
        name="Listes", created_by=publisher.user, content=mapped(publisher).mapping
    )
    address = "/admin/spreadsheets/importmapping/"
    assert "Listes" in publisher.get(address).content.decode()
    publisher.post(f"{address}{kept.pk}/change/", {"name": "Les listes"})
    kept.refresh_from_db()
    assert kept.name == "Les listes"
    other = signed_in("author")
    assert b"[columns.slug]" in other.get(f"{address}{kept.pk}/mapping.toml").content
    assert other.post(f"{address}{kept.pk}/delete/", {"post": "yes"}).status_code == 403
    publisher.post(f"{address}{kept.pk}/delete/", {"post": "yes"})
    assert not ImportMapping.objects.exists()


def test_a_constant_of_several_codes_is_kept(publisher):
    """A mapping can name several for all rows; the page offers them one by one."""
    for slug in ("film", "trade"):
        Theme.objects.create(slug=slug, name=slug.title())
    job = mapped(publisher)
    job.mapping["columns"]["themes"] = {"value": "film; trade"}
    job.save()
    assert '<option value="film; trade" selected>' in open_(publisher, job, "columns")
    send(publisher, job, "columns", COLUMNS | {"constant-themes": "film; trade", "save": "1"})
    assert job.mapping["columns"]["themes"]["value"] == "film; trade"
    send(publisher, job, "columns", COLUMNS | {"constant-themes": "trade", "save": "1"})
    assert job.mapping["columns"]["themes"]["value"] == "trade"
