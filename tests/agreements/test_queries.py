"""The queries of the public pages: few, and as many for one agreement as for 500."""

import pytest

from agreements import compilation
from agreements.models import Agreement, AgreementText, Party
from agreements.publication import store_periods
from bench import content
from culturecoop.editions import changes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "limit"),
    [
        ("/", 6),
        ("/?on=2012-12-31", 6),
        ("/agreements/", 6),
        ("/agreements/?words=cultural&party=EU&status=in_force&year_from=1990&sort=title", 6),
        ("/agreements/korea-protocol-cultural-cooperation/", 6),
        ("/agreements/korea-protocol-cultural-cooperation/editions/1/", 6),
        ("/editions/1/", 6),
        ("/parties/KR/", 6),
        ("/documents/cariforum-protocol/", 6),
    ],
)
def test_queries_are_few_and_as_many_for_one_as_for_500(make_many, queries, address, limit):
    make_many(1)
    queries(address)  # what is kept until something changes is read
    few = queries_without_the_page(queries, address)
    more_of_everything()
    queries(address)

    assert queries_without_the_page(queries, address) == few <= limit


def queries_without_the_page(queries, address):
    """The number of queries where other pages were asked for since, and this one is not kept."""
    changes._kept.pop("page", None)
    return queries(address)


def more_of_everything():
    """500 agreements more, of the theme of the home page too, each with a text in German."""
    Agreement.objects.filter(slug__startswith="agreement-").update(slug="one")
    editions = list(enumerate(content.make_editions(500)))
    parties = list(Party.objects.exclude(code="EU"))
    themes = [content.Theme.objects.get(slug="international-trade")]
    for rows in content.parts(editions, Party.objects.get(code="EU"), parties, themes):
        type(rows[0])._base_manager.bulk_create(rows)
    AgreementText.objects.bulk_create(
        AgreementText(edition=edition, language="de", title="Abkommen") for _n, edition in editions
    )
    store_periods(content.with_parts([edition for _n, edition in editions]))
    compilation.store([edition for _n, edition in editions])
    changes.record()
