"""What readers see of an import at once, in its preview and in its report."""

from agreements.models import Party, Theme
from culturecoop.imports.models import ImportJob

from .adminsteps import NEW, mapped, open_, send, upload
from .plannedjobs import export


def test_parties_that_come_with_agreements_are_seen_with_them(publisher, client):
    job = mapped(publisher)
    send(publisher, job, "names", NEW)
    text = open_(publisher, job, "change")
    new = len(job.findings["new"])
    assert "Public at once" not in text
    assert new == 1
    assert "1 party is new; readers see it with the first agreement that names it." in text
    assert "2 rows become drafts, which readers do not see until they are published." in text
    text = send(publisher, job, "apply")
    added = f"/admin/agreements/party/?import={job.folder}"
    assert f'<a href="{added}">Parties added: {new}</a>' in text
    code = sorted(job.findings["new"])[0]
    assert client.get(f"/parties/{code}/").status_code == 404
    Party.objects.create(code="ZZ")
    page = publisher.get(added)
    assert page.context["cl"].result_count == new
    assert f'href="{job.get_absolute_url()}"' in page.content.decode()
    assert "Parties added" not in send(publisher, job, "undo")


def test_a_changed_theme_is_public_at_once(publisher):
    Theme.objects.create(slug="arts", name="Arts")
    _headings, [row] = export("themes")
    text = f"slug,base,name\narts,{row['base']},The arts\n"
    job, _page = upload(publisher, text, "themes.csv", "utf-8")
    text = open_(publisher, job, "change")
    assert "Public at once, not only after publishing: themes (1)." in text
    assert "become drafts" not in text
    text = send(publisher, job, "apply")
    changed = f"/admin/agreements/theme/?import={job.folder}"
    assert f'<a href="{changed}">Themes changed: 1</a>' in text
    assert publisher.get(changed).context["cl"].result_count == 1


def test_an_author_adds_no_parties(db, signed_in):
    author = signed_in("author")
    job = mapped(author)
    assert job.findings["new"]
    assert "new; readers see" not in open_(author, job, "change")


def test_nothing_is_public_at_once_of_agreements_alone(publisher):
    job, _page = upload(publisher, "slug,title_en\nchile,Chile\n", "a.csv", "utf-8")
    text = open_(publisher, job, "change")
    assert "1 row becomes a draft" in text
    assert "Public at once" not in text
    assert "without a draft" not in send(publisher, job, "apply")
    assert ImportJob.objects.get().state == "applied"
