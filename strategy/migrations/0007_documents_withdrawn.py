import re

from django.db import migrations

from culturecoop.documents.adoption import adopt

DOCUMENT_LINK = re.compile(r'href="(?:/[a-z]{2})?/documents/([-\w]+)/')


def forwards(apps, schema_editor):
    editions = apps.get_model("strategy", "PageEdition")
    link, milestone, text = (apps.get_model("strategy", m) for m in ("Link", "Milestone", "Text"))
    documents = apps.get_model("documents", "Document").objects

    def documents_of(withdrawal):
        before = editions.objects.filter(
            page=withdrawal.page_id, language=withdrawal.language, live_until=withdrawal.live_from
        )
        found = set()
        for model in (link, milestone):
            rows = model.objects.filter(parent__in=before).exclude(document=None)
            found.update(rows.values_list("document", flat=True))
        texts = text.objects.filter(parent__in=before).values_list("text", flat=True)
        slugs = {slug for words in texts for slug in DOCUMENT_LINK.findall(words)}
        return found | set(documents.filter(slug__in=slugs).values_list("pk", flat=True))

    adopt(apps, editions, documents_of)


class Migration(migrations.Migration):
    dependencies = [("strategy", "0006_link_agreement"), ("documents", "0006_withdrawn_with")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
