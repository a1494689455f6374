"""Parts of static files, as RFC 9110 has them, from the server that readers have."""

import pytest
from django.conf import settings

from .server import database_url, served

ADDRESS = "/static/css/base.css"
CONTENT = (settings.BASE_DIR / "static/css/base.css").read_bytes()
SIZE = len(CONTENT)


@pytest.fixture(scope="module")
def site(django_db_setup, tmp_path_factory):
    folder = tmp_path_factory.mktemp("var")
    with served(folder, DATABASE_URL=database_url()) as browser:
        yield browser


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("0-0", slice(0, 1)),
        ("-1", slice(SIZE - 1, SIZE)),
        ("0-1", slice(0, 2)),
        (f"{SIZE - 1}-", slice(SIZE - 1, SIZE)),
        (f"5-{SIZE + 100}", slice(5, SIZE)),
    ],
)
def test_a_part_is_what_was_asked_for(site, asked, part):
    answer = site.ask(ADDRESS, Range=f"bytes={asked}")
    assert answer.status == 206
    assert answer.content == CONTENT[part]
    assert answer.headers["Content-Range"] == f"bytes {part.start}-{part.stop - 1}/{SIZE}"
    assert answer.headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize("asked", ["bytes=2-1", "bytes=0-0,2-2", "lines=0-0", "bytes="])
def test_what_cannot_be_understood_gets_the_whole(site, asked):
    answer = site.ask(ADDRESS, Range=asked)
    assert (answer.status, answer.content) == (200, CONTENT)


def test_beyond_the_end_is_nothing(site):
    answer = site.ask(ADDRESS, Range=f"bytes={SIZE}-")
    assert (answer.status, answer.content) == (416, b"")
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"


def test_a_part_of_an_older_file_is_not_mixed_with_this_one(site):
    etag = site.ask(ADDRESS).headers["ETag"]
    assert site.ask(ADDRESS, Range="bytes=0-0", If_Range=etag).status == 206
    assert site.ask(ADDRESS, Range="bytes=0-0", If_Range='"older"').status == 200
