"""The page about the data."""

import pytest
from lxml import html

from agreements.downloads.columns import COLUMNS, TEXTS
from agreements.downloads.explanations import explained

pytestmark = pytest.mark.django_db


def test_each_column_is_explained():
    names = [name for column in explained() for name in column.names]

    assert sorted(names) == sorted([*COLUMNS, *(f"{part}_…" for part in TEXTS)])
    assert all(str(column.meaning) for column in explained())


@pytest.mark.parametrize("language", ["", "/de", "/fr"])
def test_the_page_leads_to_the_files_and_names_the_columns(get, language):
    page = html.fromstring(get(f"{language}/data/"))

    assert f"{language}/agreements/agreements.csv" in page.xpath("//main//a/@href")
    assert "entry_into_force" in page.xpath("//dt/code/text()")
    assert "provisionally_applied" in page.xpath("//li/code/text()")


def test_the_licence_is_that_of_the_settings(get, settings):
    assert "No licence is stated." in get("/data/")
    settings.DATA_LICENCE = "CC BY 4.0 <b> https://creativecommons.org/licenses/by/4.0/"
    text = get("/data/")

    assert "No licence is stated." not in text
    assert 'CC BY 4.0 &lt;b&gt; <a href="https://creativecommons.org/licenses/by/4.0/"' in text
