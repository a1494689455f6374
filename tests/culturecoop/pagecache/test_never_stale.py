"""Two processes of the server, readers and publications: nobody reads what had ended before."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from agreements.models import AgreementEdition, Party
from culturecoop.editions import verbs
from culturecoop.reference.verbs import amend
from tests.answering import publish
from tests.profiles import PROFILE
from tests.redisservers import hits, started
from tests.site.server import database_url, served

READERS = 8
PUBLICATIONS = {"quick": 20, "thorough": 50}.get(PROFILE, 200)
PAGE = "/agreements/korea/"
LIST = "/agreements/"


@pytest.fixture
def redis(tmp_path):
    """The address of a Redis of its own."""
    with started(tmp_path) as address:
        yield address


@pytest.fixture
def sharing(transactional_db, make_agreement, tmp_path, redis):
    """Two processes that find the pages of each other in Redis, and keep few themselves."""
    make_agreement("korea", title="Wording 0", parties=["EU", "KR"])
    options = ("--workers", "2", "--backpressure", "16")
    variables = {"DATABASE_URL": database_url(), "CACHE_URL": redis, "PAGE_CACHE_BYTES": "1"}
    with served(tmp_path, options, **variables) as browser:
        yield browser


@pytest.fixture
def rendering(transactional_db, make_agreement, tmp_path):
    """Two processes that render each page, of what they have in memory."""
    make_agreement("korea", title="Wording 0", parties=["EU", "KR"])
    options = ("--workers", "2", "--backpressure", "16")
    variables = {"DATABASE_URL": database_url(), "CACHE_URL": "", "PAGE_CACHE_BYTES": "0"}
    with served(tmp_path, options, **variables) as browser:
        yield browser


@pytest.fixture
def site(transactional_db, make_agreement, tmp_path):
    make_agreement("korea", title="Wording 0", parties=["EU", "KR"])
    options = ("--workers", "2", "--backpressure", "16")
    with served(tmp_path, options, DATABASE_URL=database_url(), CACHE_URL="") as browser:
        yield browser


class Readers:
    """They ask again and again, and note the wordings that were older than they may be."""

    def __init__(self, site):
        self.site, self.published, self.ended = site, 0, threading.Event()
        self.stale, self.answers = [], 0

    def read(self, address):
        while not self.ended.is_set():
            least = self.published  # before the request begins
            answer = self.site.ask(address)
            assert answer.status == 200
            found = int(re.search(r"Wording (\d+)", answer.text)[1])
            self.answers += 1
            if found < least:
                self.stale.append((address, found, least))

    def during(self, publications):
        with ThreadPoolExecutor(READERS) as threads:
            reading = [threads.submit(self.read, (PAGE, LIST)[n % 2]) for n in range(READERS)]
            try:
                for self.published in publications:
                    self._wait_for_another(reading)
            finally:
                self.ended.set()
            for reader in reading:
                reader.result()
        return self.stale

    def _wait_for_another(self, reading):
        """Let somebody read between two publications, however slow the servers begin."""
        before = self.answers
        while self.answers == before and not any(reader.done() for reader in reading):
            time.sleep(0.001)


def wordings(number):
    """Publish one wording after another; yield the number of each when its publication ended."""
    for n in range(1, number + 1):
        live = AgreementEdition.objects.live().get()
        draft = verbs.new_draft(live)
        draft.texts.update(title=f"Wording {n}")
        publish(draft)
        yield n


def test_no_reader_gets_what_was_replaced_before_he_asked(site):
    readers = Readers(site)
    assert readers.during(wordings(PUBLICATIONS)) == []
    assert readers.answers >= PUBLICATIONS


def test_nor_what_a_process_has_in_memory(rendering):
    readers = Readers(rendering)
    assert readers.during(wordings(PUBLICATIONS)) == []
    assert readers.answers >= PUBLICATIONS


def test_nor_what_another_process_has_kept_in_redis(sharing, redis):
    readers = Readers(sharing)
    assert readers.during(wordings(PUBLICATIONS)) == []
    assert readers.answers >= PUBLICATIONS
    assert hits(redis) > 0


def test_a_withdrawn_page_is_gone_from_every_process_at_once(site):
    for _process in range(20):
        assert site.ask(PAGE).status == 200
    verbs.withdraw(AgreementEdition.objects.live().get(), reason="By mistake")
    assert {site.ask(PAGE).status for _process in range(20)} == {410}


def test_a_new_name_is_read_in_every_process_at_once(site):
    for _process in range(20):
        site.ask(PAGE)
    party = Party.objects.get(code="KR")
    party.name = "Corea"
    amend(party)
    assert all("Corea" in site.ask(PAGE).text for _process in range(20))
