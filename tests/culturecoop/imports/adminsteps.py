"""The steps of an import, taken in the admin with the test client."""

from django.core.files.uploadedfile import SimpleUploadedFile

from culturecoop.imports.models import ImportJob

LIST = "/admin/spreadsheets/importjob/"
# A preamble, two heading rows, a heading that stands twice, letters of Windows-1252.
FOREIGN = """Société des accords;;;;;
Liste établie en 2024;;;;;
Réf;Intitulé;Parties;Dates;;Remarque
;;;Signature;Entrée en vigueur;
A-1;Accord de coopération;France, Allemagne;16/12/2007;;à revoir
A-2;Protocole d’échange;France, Ruritanie;01/02/2010;03/04/2011;
A-3;Échange de lettres;Ruritanie;30/02/2010;;
"""


def upload(client, text=FOREIGN, name="liste.csv", encoding="cp1252", **chosen):
    """Upload a file (a text or bytes); the job, and the page that follows."""
    content = text.encode(encoding) if isinstance(text, str) else text
    file = SimpleUploadedFile(name, content)
    page = client.post(f"{LIST}add/", {"file": file, **chosen}, follow=True)
    return ImportJob.objects.latest("pk"), page


def open_(client, job, step, **asked):
    """The text of a page of the job."""
    page = client.get(f"{LIST}{job.pk}/{step}/", asked)
    assert page.status_code == 200, (step, page)
    return " ".join(page.content.decode().split())


def send(client, job, step, data=None):
    """Post to a page of the job; the text of the page that follows. The job is read again."""
    page = client.post(f"{LIST}{job.pk}/{step}/", data or {}, follow=True)
    assert page.status_code == 200, (step, page)
    job.refresh_from_db()
    return " ".join(page.content.decode().split())


COLUMNS = {
    "to-0": ["slug", "other_number"],
    "to-1": "title_fr",
    "to-2": "parties",
    "to-3": "signature",
    "to-4": "entry_into_force",
    "to-5": "internal_note",
    "constant-source_language": "fr",
}


def mapped(client, text=FOREIGN, **more):
    """A job of FOREIGN whose columns are mapped by hand and whose preview is made."""
    job, _page = upload(client, text)
    send(client, job, "columns", COLUMNS | {"save": "1"})
    options = {
        "prefix-slug": "liste", "separator-parties": ",",
        "notation-signature": "day_first", "notation-entry_into_force": "day_first",
    }  # fmt: skip
    send(client, job, "columns", COLUMNS | options | {"preview": "1"} | more)
    return job


def answers(*typed):
    """What is posted for the names of a page, of which each dict is one."""
    number = str(len(typed))
    posted = {"names-TOTAL_FORMS": number, "names-INITIAL_FORMS": number}
    for place, answer in enumerate(typed):
        posted |= {f"names-{place}-{key}": value for key, value in answer.items()}
    return posted


def answer(client, job, **said):
    """Answer names of the job, {name: code}, through the page of the names."""
    names = sorted(job.findings["unmatched"], key=lambda n: (-job.findings["unmatched"][n], n))
    empty = {"kind": "country", "code": ""}
    typed = [{"name": n, "codes": said.get(n, ""), "label": n} | empty for n in names]
    send(client, job, "names", answers(*typed))
    return job


def ruritanie(**typed):
    """What is posted for the only name that FOREIGN has and nobody knows."""
    empty = {"codes": "", "code": "", "kind": "country", "label": "Ruritanie"}
    return answers({"name": "Ruritanie"} | empty | typed)


NEW = ruritanie(code="RUR", kind="former_country", label="Ruritania")
