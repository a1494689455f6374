"""Those who publish, and look at once whether readers are shown it."""

import random
import time
from urllib.parse import urlencode

from agreements.models import AgreementEdition
from culturecoop.imports.models import ImportJob
from tests.forms import fields

from .actors import DRAFT, publish, ticked, token, verb
from .importer import IMPORTS, PATIENCE, POLL, Importer
from .readers import GONE, REGISTER, SHOWN, Strict
from .site import UNAVAILABLE, Visitor

State = ImportJob.State
LOOKS = 3  # at a page that was changed: each time another process may answer
ROWS, WITHDRAWN = 30, 2  # of a list
PUBLISHED = 6  # one of so many lists
THINKING = 1  # seconds before a draft is opened, at most


class Witness:
    """A reader who is told what was published, and must be shown it."""

    def __init__(self, site):
        self.visitor = Visitor(site.server.url)

    def tag(self, address):
        return self.visitor.ask(address).headers["ETag"]

    def must_see(self, words, address, tag=None, status=SHOWN):
        """Ask for a page, with the tag that it had before it was changed."""
        for _look in range(LOOKS):
            answer = self.visitor.ask(address, **({"If_None_Match": tag} if tag else {}))
            if answer.status == UNAVAILABLE:
                continue
            if answer.status != status or words not in answer.text:
                fault = f"{address} answers {answer.status} and not “{words}”, which is published"
                self.visitor.faults.append(fault)


class Editor(Strict):
    """Gives one of his agreements another title, again and again, and publishes it.

    Titles are as long each time, so that the site stays as large as it is.
    """

    what = "editor"
    slugs = ()

    def __init__(self, site, name=""):
        super().__init__(site, name)
        self.witness = Witness(site)

    def once(self):
        time.sleep(random.uniform(0, THINKING))
        slug = random.choice(self.slugs)
        public, title = f"{REGISTER}{slug}/", f"Agreement {self.new_name()} on cooperation"
        tag = self.witness.tag(public)
        draft = self._draft(slug)
        values = fields(self.visitor.open(draft), "agreementedition_form")
        self.visitor.submit(draft, values | {english(values, "title"): title})
        publish(self.visitor, draft)
        self.acknowledged.append((slug, title))
        self.witness.must_see(title, public, tag)
        self.witness.must_see(title, f"/search/?{urlencode({'q': title})}")

    def _draft(self, slug):
        """The address of the draft of an agreement, which is made when there is none."""
        edition = AgreementEdition.objects.filter(agreement__slug=slug).current_for_editor().first()
        address = f"{DRAFT}{edition.pk}/change/"
        if edition.is_draft:
            return address
        self.visitor.open(DRAFT)
        return self.visitor.submit(verb(address, "edit"), token(self.visitor.open(address)))

    def missing(self):
        """What was acknowledged and is in no edition, or not in the one that readers see."""
        return missing(self.acknowledged)


class ListKeeper(Importer, Strict):
    """Brings lists of agreements and publishes them together, or takes them back.

    Most lists are new, and are undone. Every sixth changes what the first one brought, and no more,
    because an export reads all editions that there were: with them grows what it takes. Some that
    were published are withdrawn each time, and are there again with the next such list.
    """

    what = "list"

    def __init__(self, site, name=""):
        super().__init__(site, name)
        self.witness, self.published = Witness(site), []

    def once(self):
        name = self.new_name()
        if len(self.acknowledged) % PUBLISHED:
            self._bring_and_undo(name)
        else:
            self._bring_and_publish(name)

    def _bring_and_undo(self, name):
        job = self._take_over(name, f"{name}-row")
        self._press(job, "undo")
        self._reach(job, State.UNDONE)
        if left := AgreementEdition.objects.filter(agreement__slug__startswith=f"{name}-row"):
            self.visitor.faults.append(f"{name} was undone, and {len(left)} drafts are there")

    def _bring_and_publish(self, name):
        job, self.published = self._take_over(name, "list"), []
        page = self.visitor.open(f"{IMPORTS}{job.pk}/publish/")
        self.visitor.submit(f"{IMPORTS}{job.pk}/publish/", ticked(page))
        self._reach(job, State.APPLIED)
        if job.findings.get("published") != ROWS or job.findings.get("unpublished"):
            self.visitor.faults.append(f"{name} was not published as a whole: {job.findings}")
        self.published = [(slug, title(slug, name)) for slug in slugs("list")]
        for slug, expected in random.sample(self.published, WITHDRAWN):
            self.witness.must_see(expected, f"{REGISTER}{slug}/")
            self._withdraw(slug)

    def _take_over(self, name, prefix):
        """Upload a list, let it change what is there, and take it over; its import."""
        job = self.upload(name, sheet(name, prefix))
        self._reach(job, State.PREVIEWED)
        page = self.visitor.open(f"{IMPORTS}{job.pk}/change/")
        chosen = token(page) | {"overwrite_without_base": "on"}
        self.visitor.submit(f"{IMPORTS}{job.pk}/options/", chosen)
        self._reach(job, State.PREVIEWED)
        self._press(job, "apply")
        self._reach(job, State.APPLIED)
        return job

    def _withdraw(self, slug):
        edition = AgreementEdition.objects.live().get(agreement__slug=slug)
        address = verb(f"{DRAFT}{edition.pk}/change/", "withdraw")
        asked = ticked(self.visitor.open(address)) | {"reason": "It was tried for long."}
        self.visitor.submit(address, asked)
        self.published = [pair for pair in self.published if pair[0] != slug]
        self.witness.must_see("It was tried for long.", f"{REGISTER}{slug}/", status=GONE)

    def _reach(self, job, state):
        """Wait until an import is in a state."""
        for _poll in range(PATIENCE):
            job.refresh_from_db()
            if job.state == state:
                return
            time.sleep(POLL)
        raise AssertionError(f"import {job.pk} is {job.state} for ever: {job.message}")

    def missing(self):
        return [*super().missing(), *missing(self.published)]

    def half(self):
        """Nothing: its drafts are published, or undone."""
        return []


def english(values, name):
    """What a field of the English text is called in a form."""
    languages = ((key, value) for key, value in values.items() if key.endswith("-language"))
    prefix = next(key.removesuffix("language") for key, value in languages if value == ["en"])
    return prefix + name


def missing(published):
    """The titles [(slug, title)] that are in no edition, the last ones also if not live."""
    texts = AgreementEdition.objects.published().filter(texts__language="en")
    stored = set(texts.values_list("agreement__slug", "texts__title"))
    live = AgreementEdition.objects.live().filter(texts__language="en")
    shown = dict(live.values_list("agreement__slug", "texts__title"))
    lost = [f"“{title}” of {slug}" for slug, title in published if (slug, title) not in stored]
    newest = dict(published).items()
    return lost + [f"“{title}” of {slug}" for slug, title in newest if shown.get(slug) != title]


def slugs(prefix):
    return [f"{prefix}-{number}" for number in range(ROWS)]


def title(slug, name):
    return f"Agreement {slug} on cooperation, as in {name}"


def sheet(name, prefix):
    rows = ["slug;kind;parties;signature;title_en"]
    rows += [f"{slug};agreement;EU;2010-10-06;{title(slug, name)}" for slug in slugs(prefix)]
    return "\n".join(rows)
