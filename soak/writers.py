"""`python -m soak writers [NUMBER [SECONDS]]`: many who write at once, in drafts that some share.

Everybody adds a word to the text that he was shown. So a word that was acknowledged and is not in
the newest text was overwritten by somebody who had not been shown it.
"""

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import F

from agreements.models import AgreementEdition, AgreementText
from culturecoop.editions.models import State
from tests.forms import fields

from .actors import TEXT, Actor, added, publish, token, verb
from .proofs import faults
from .site import UNAVAILABLE, NoAnswer, TurnedAway, at_work, soak_site
from .verdict import Verdict

NUMBER, ON_SQLITE, SECONDS = 20, 8, 60  # SQLite lets in one writer at a time
A_SHARED_ONE = 4  # writers for one draft that they share
AT_LEAST = 0.5  # of the saves are acknowledged
THINKING = 0.3  # seconds between the page and the form that is sent, at most
SAVES = ("acknowledged", "conflict", "unavailable", "unanswered", "other")
NOTHING_SAVED = "Nothing was saved"


@dataclass
class Sheet:
    """An agreement that is written in: the address of its draft, and what was acknowledged."""

    slug: str
    address: str
    words: list = field(default_factory=list)
    editions: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, word):
        with self.lock:
            self.words.append(word)

    def count_edition(self):
        with self.lock:
            self.editions += 1


class Writer(Actor):
    """Writes in a draft of his own and in some that he shares, and publishes now and then."""

    what = "writer"
    sheets = ()

    def __init__(self, site, name):
        super().__init__(site, name)
        self.saves = Counter()
        self.odd = []

    def once(self):
        sheet = random.choice(self.sheets)
        page = self.visitor.open(sheet.address)
        values = fields(page, "agreementedition_form")
        if TEXT not in values:
            sheet.address = self.visitor.submit(verb(sheet.address, "edit"), token(page))
            return
        time.sleep(random.uniform(0, THINKING))
        word = self.new_name()
        values[TEXT] = [f"{values[TEXT][0].strip()} {word}".strip()]
        self.saves[self._save(sheet, values, word)] += 1

    def _save(self, sheet, values, word):
        """Send the form; which of SAVES it was."""
        address = sheet.address
        try:
            self.visitor.submit(address, values)
        except NoAnswer:
            return "unanswered"
        except TurnedAway as turned:
            return self._turned_away(turned.args[0], word)
        sheet.keep(word)
        if random.random() < 1 / 5:
            publish(self.visitor, address)
            sheet.count_edition()
        return "acknowledged"

    def _turned_away(self, answer, word):
        """A refusal shows the word again; a form of what is no draft any more says so."""
        kind = "unavailable" if answer.status == UNAVAILABLE else "other"
        if answer.status == 200 and NOTHING_SAVED in answer.text:
            kind = "conflict"
        if kind == "other":
            self.odd.append(f"a save was answered {answer.status}")
        if word not in answer.text:
            self.odd.append(f"what was typed is not in the answer {answer.status} to a save")
        return kind


def main(number=None, seconds=SECONDS):
    number = number or (ON_SQLITE if connection.vendor == "sqlite" else NUMBER)
    verdict = Verdict(f"{number} writers for {seconds} seconds")
    with soak_site() as site:
        site.server.start()
        writers = [Writer(site, f"writer{n}") for n in range(number)]
        for writer in writers:
            writer.sign_in()
        sheets = share_out(writers)
        with at_work(*writers):
            time.sleep(seconds)
        saves = sum((writer.saves for writer in writers), Counter())
        lost = lost_words(sheets)
        verdict.tell(table(saves, sheets, lost, writers))
        verdict.add(f"{word} was acknowledged, and is lost" for word in lost)
        verdict.add(faults([]))
        for writer in writers:
            verdict.add([*writer.visitor.faults, *writer.odd])
        if saves["acknowledged"] < AT_LEAST * saves.total():
            verdict.add(["fewer than half of the saves were acknowledged"])
        verdict.add(missing_editions(sheets))
    return verdict.status()


def share_out(writers):
    """Give everybody a draft of his own, and two of those that some share; returns all."""
    drafts = [Sheet(f"own-{w.name}", added(w.visitor, f"own-{w.name}")) for w in writers]
    first = writers[0].visitor
    shared = [
        Sheet(f"shared-{n}", added(first, f"shared-{n}"))
        for n in range(max(1, len(writers) // A_SHARED_ONE))
    ]
    for writer, draft in zip(writers, drafts, strict=True):
        writer.sheets = [draft, draft, *random.sample(shared, min(2, len(shared)))]
    return [*drafts, *shared]


def lost_words(sheets):
    """The acknowledged words that are not in the newest text of their agreement."""
    return [word for sheet in sheets for word in sheet.words if word not in newest_words(sheet)]


def newest_words(sheet):
    """The words of the draft, or of the last edition when there is none."""
    text = (
        AgreementText.objects.filter(edition__agreement__slug=sheet.slug)
        .order_by(F("edition__live_from").desc(nulls_first=True))
        .first()
    )
    return set(text.summary.split())


def missing_editions(sheets):
    """Sentences about publications that were acknowledged and are not in the history."""
    for sheet in sheets:
        found = AgreementEdition.objects.filter(agreement__slug=sheet.slug)
        published = sum(edition.state in (State.LIVE, State.SUPERSEDED) for edition in found)
        if published < sheet.editions:
            yield f"{sheet.slug}: {published} editions, {sheet.editions} were acknowledged"


def table(saves, sheets, lost, writers):
    rows = {"saves": saves.total(), **{name: saves[name] for name in SAVES}, "lost": len(lost)}
    rows["editions published"] = sum(sheet.editions for sheet in sheets)
    shared = [sheet for sheet in sheets if sheet.slug.startswith("shared")]
    rows["words in shared drafts"] = sum(len(sheet.words) for sheet in shared)
    answers = sum((writer.visitor.answers for writer in writers), Counter())
    told = ", ".join(f"{status}: {n}" for status, n in sorted(answers.items(), key=str))
    lines = [f"{name:<24}{n:>7}" for name, n in rows.items()]
    return "\n".join([*lines, f"all answers: {told}"])
