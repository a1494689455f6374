"""Forty payloads in every field and every column: none runs, becomes markup or leads away.

The Content-Security-Policy is off, so that it is not the policy that holds. Short fields hold all
payloads in twelve objects together, of which the quick profile opens a few.
"""

import contextlib
import io
from urllib.parse import unquote, urlsplit

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.utils import timezone
from PIL import Image

from agreements.models import Agreement, AgreementEdition, Party, PartyRequest, Theme
from culturecoop.accounts.models import AccountEntry
from culturecoop.documents.models import Document
from culturecoop.editions.verbs import record_change
from culturecoop.imports.models import ImportMapping
from culturecoop.reference.models import MovedAddress
from culturecoop.reference.verbs import amend
from strategy.models import Page, PageEdition
from tests.payloads import ADDRESSES, MARKUP, PAYLOADS
from tests.payloads.filling import packed
from tests.payloads.reviews import look_at_reviews
from tests.payloads.sheets import all_jobs
from tests.payloads.site import Site
from tests.profiles import few

LONGEST_WORDS = 200  # of an address that is packed with payloads
FEW = 3
BEFORE = "window.ran = []; window.pwn = (...said) => { window.ran.push(`ran: ${said}`) }"
FIND = """() => {
    const found = [...window.ran]
    const leads = ["href", "src", "action", "formaction", "data", "xlink:href", "srcdoc", "poster"]
    for (const element of document.querySelectorAll("*")) {
        for (const { name, value } of element.attributes) {
            const target = leads.includes(name) && URL.parse(value, document.baseURI)
            const away = target && (target.hostname.endsWith("canary.invalid")
                || /^(javascript|data|vbscript):$/.test(target.protocol) && name !== "src")
            // A link in the box of the editor leads nowhere; what is saved of it is told.
            const boxed = name === "href" && element.closest("[contenteditable]")
                && target?.protocol.startsWith("http")
            const runs = name.startsWith("on") && value.includes("pwn")
            if (away && !boxed || runs || name === "canary")
                found.push(element.outerHTML.slice(0, 150))
        }
        if (element.tagName === "SCRIPT" && !element.type.includes("json")
            && element.textContent.includes("pwn")) found.push(element.outerHTML.slice(0, 150))
    }
    return found
}"""


@pytest.fixture
def site(transactional_db, settings):
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {}, "EXCLUDE_URL_PREFIXES": ["/"]}
    picture = io.BytesIO()
    Image.new("RGB", (4, 3), "navy").save(picture, "PNG")
    made = Site(picture.getvalue())
    settings.FOUR_EYES = True  # for the pages that ask for an approval
    return made


class Watch:
    """A page of a browser that notes what it should not have seen, by address."""

    def __init__(self, page, base):
        self.page, self.base, self.found, self.names = page, base, {}, set()
        page.context.add_init_script(BEFORE)
        page.context.on("request", self._notice)
        page.on("dialog", lambda dialog: (self._note(f"dialog: {dialog.message}"), dialog.accept()))

    def _notice(self, request):
        """Note what is asked for; to answer requests here would make each of them slow."""
        if request.url.startswith(self.base):
            with contextlib.suppress(Resolver404):
                self.names.add(resolve(unquote(urlsplit(request.url).path)).view_name)
        elif not request.url.startswith(("data:", "blob:", "about:")):
            self._note(f"asked for {request.url}")

    def _note(self, words):
        self.found.setdefault(self.page.url, []).append(words)

    def look(self, *addresses):
        for address in addresses:
            response = self.page.goto(self.base + address)
            assert "content-security-policy" not in response.headers
            assert response.status < 500, address
            self.check()

    def check(self):
        if not self.page.url.startswith(self.base):
            self._note("led away")
        for words in self.page.evaluate(FIND):
            self._note(words)


def test_readers_meet_none(site, live_server, browser):
    watch = Watch(browser.new_context().new_page(), live_server.url)
    pages = [edition.page for edition in [site.home, *enough(site, site.pages)]]
    agreements = [edition.agreement for edition in enough(site, site.agreements)]
    withdrawn = [site.pages[-1].page, site.agreements[-1].agreement]
    for thing in (*pages, *agreements, *withdrawn, *enough(site, site.documents)):
        watch.look(thing.get_absolute_url())
    watch.look(
        "/fr/", "/de/agreements/agreement-0/", "/editions/1/", "/agreements/agreement-0/editions/1/"
    )
    watch.look("/agreements/", "/fr/agreements/?party=X1&theme=theme-1", "/sitemap.xml")
    for words in [*packed(MARKUP, LONGEST_WORDS), *([address] for address in ADDRESSES)]:
        asked = dict.fromkeys(("q", "words", "on"), " ".join(words))
        watch.look(reverse("agreements:register", query=asked))
    assert watch.found == {}
    assert watch.names >= {"strategy:page", "agreements:agreement", "documents:document"}


def enough(site, rows):
    """Return so many of the objects as hold all payloads together, or the first of them."""
    return few(rows[: site.filling.rounds(type(rows[0]))], FEW)


def objects(site):
    """Return {model: [objects that are opened]} of what the admin has pages for."""
    found = {
        PageEdition: [*site.drafts[:1], *site.drafts[12:], *site.pages],
        AgreementEdition: [*site.drafts[1:12], *site.agreements],
        Document: site.documents, Party: site.parties, Theme: site.themes,
        User: site.users, Group: list(Group.objects.order_by("-pk")),
        ImportMapping: list(ImportMapping.objects.all()),
    }  # fmt: skip
    return {model: enough(site, rows) for model, rows in found.items()}


#: Views that take a POST, hand out a file, lead on at once, or show nothing that anybody typed.
NO_PAGES = {
    *("login", "logout", "password_change", "password_change_done", "view_on_site", "jsi18n"),
    *("said-date", "language", "session", "signed_in"),
    *(f"{model}_undo" for model in (
        "documents_document", "agreements_party", "agreements_theme", "agreements_agreement",
        "strategy_page",
    )),
    *(f"{model}_{view}" for model in ("agreements_agreement", "strategy_page")
      for view in ("add", "change", "changelist", "delete")),
    "agreements_agreementedition_delete", "strategy_pageedition_delete",  # nobody may
    "agreements_agreementedition_presence", "strategy_pageedition_presence",
    *(f"{model}_{view}" for model in (
        "accounts_accountentry", "admin_logentry", "reference_movedaddress", "auth_group",
        "spreadsheets_importmapping", "notifications_notification",
    ) for view in ("add", "delete")), "spreadsheets_importmapping_toml", "notifications_open",
    "documents_document_publish", "agreements_agreementedition_status", "notifications_read",
    *(f"spreadsheets_importjob_{view}" for view in (
        "apply", "discard", "marked", "options", "publish", "resume", "toml", "undo",
    )),
}  # fmt: skip


def test_editors_meet_none(site, live_server, sign_in):
    page = sign_in("administrator", "ada")
    jobs = all_jobs(site.filling, User.objects.get(username="ada"))
    watch = Watch(page, live_server.url)
    amend_all(site)
    for model, rows in objects(site).items():
        look_at_model(watch, model, rows)
    for edition in (site.home, site.drafts[0], site.agreements[0], site.drafts[1]):
        look_at_edition(watch, edition)
    look_at_identities(watch, site)
    look_at_jobs(watch, jobs)
    look_at_logs(watch)
    look_at_confirmations(watch, site)
    look_at_requests(watch, site)
    look_at_reviews(watch, site)
    watch.look("/admin/", *(f"/admin/{app}/" for app in ("agreements", "strategy", "auth")))
    open_choices(watch, site)
    assert watch.found == {}
    assert site.filling.left_out() == {}
    assert {name.removeprefix("admin:") for name in admin_pages() - watch.names} <= NO_PAGES


def amend_all(site):
    """Give the history of reference data something to tell."""
    for row in (site.parties[0], site.themes[0], site.documents[0]):
        name = "title" if hasattr(row, "title") else "name"
        setattr(row, name, site.filling.text(type(row), name, 1) + "!")
        amend(row, by=site.users[1])


def look_at_model(watch, model, rows):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    changelist = reverse(f"{name}_changelist")
    watch.look(changelist, f"{changelist}?_popup=1", f"{changelist}?q=%3Cp canary%3E&x=%22%3E")
    if model not in (ImportMapping, Group):
        watch.look(reverse(f"{name}_add"))
    for row in rows:
        watch.look(reverse(f"{name}_change", args=[row.pk]))
    watch.look(*(reverse(f"{name}_history", args=[row.pk]) for row in rows[:2]))
    if model not in (PageEdition, AgreementEdition, ImportMapping, Group):
        watch.look(reverse(f"{name}_delete", args=[rows[0].pk]))
    if model in (Document, Party, Theme, AgreementEdition):
        watch.look(reverse(f"{name}_export"))


def look_at_edition(watch, edition):
    name = f"admin:{edition._meta.app_label}_{edition._meta.model_name}"
    for view in ("change", "edit", "history", "preview", "compare", "link"):
        watch.look(reverse(f"{name}_{view}", args=[edition.pk]))
    for verb in ("publish", "withdraw", "discard"):
        watch.look(reverse(f"{name}_verb", args=[edition.pk, verb]))
    watch.look(reverse(f"{name}_savings", args=[edition.pk]))
    if edition.is_draft:
        version = edition.version
        record_change(edition)  # which keeps what it said
        for view in ("saving", "revert"):
            watch.look(reverse(f"{name}_{view}", args=[edition.pk, version]))
        watch.look(reverse(f"{name}_compare_savings", args=[edition.pk]))


def look_at_identities(watch, site):
    for model, edition in ((Page, site.pages[0]), (Agreement, site.agreements[0])):
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        watch.look(reverse(f"{name}_address", args=[edition.identity.pk]))
        watch.look(reverse(f"{name}_history", args=[edition.identity.pk]))
    watch.look(reverse("admin:strategy_pageedition_translate", args=[site.pages[0].pk]))
    watch.look(reverse("admin:documents_document_link", args=[site.documents[0].pk]))
    watch.look(reverse("admin:agreements_agreement_stable", args=["agreement-0"]))
    watch.look(reverse("admin:strategy_page_stable", args=[site.pages[0].page_id, "en"]))
    watch.look(reverse("admin:auth_user_password_change", args=[site.users[0].pk]))


def look_at_logs(watch):
    """What somebody typed as his name when he signed in, what was done, what has moved."""
    entries = [AccountEntry(kind="failed", name=p[:150], details={"x": p}) for p in PAYLOADS]
    AccountEntry.objects.bulk_create(entries)
    by = User.objects.get(username="ada")
    for number, payload in enumerate(PAYLOADS):
        MovedAddress.objects.create(old_path=f"/agreements/m{number}/", object_text=payload)
        LogEntry.objects.create(
            user=by, action_flag=CHANGE, object_repr=payload[:200], change_message=payload
        )
    for model in (AccountEntry, LogEntry, MovedAddress):
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        watch.look(reverse(f"{name}_changelist"))
        for row in model.objects.order_by("-pk")[:2]:
            watch.look(
                *(reverse(f"{name}_{view}", args=[row.pk]) for view in ("change", "history"))
            )
    watch.look(reverse("admin:reference_movedaddress_free", args=[row.pk]))


def look_at_confirmations(watch, site):
    """The pages between a button and what it does, of documents and accounts."""
    document = site.documents[0]
    watch.look(reverse("admin:documents_document_verb", args=[document.pk, "withdraw"]))
    file = document.files.first()
    watch.look(reverse("admin:documents_documentfile_verb", args=[file.pk, "withdraw"]))
    watch.look(reverse("admin:auth_user_retire", args=[site.users[0].pk]))
    watch.look(reverse("admin:auth_user_reinstate", args=[site.users[0].pk]))


def look_at_requests(watch, site):
    """Parties that are asked for, before and after they are answered, and one looked for."""
    missing = reverse("admin:agreements_party_missing")
    rows = enough(site, site.requests)
    pages = [reverse("admin:agreements_party_request", args=[row.pk]) for row in rows]
    watch.look(missing, f"{missing}?name=%3Cp canary%3E", *pages, "/admin/")
    answer = {"answered_at": timezone.now(), "outcome": PartyRequest.Outcome.DECLINED}
    ada = User.objects.get(username="ada")
    PartyRequest.objects.update(asked_by=ada, answered_by=ada, **answer)
    watch.look(*pages, "/admin/")


def look_at_jobs(watch, jobs):
    name = "admin:spreadsheets_importjob"
    watch.look(*(reverse(f"{name}_{view}") for view in ("changelist", "add", "everything")))
    for job in jobs:
        watch.look(reverse(f"{name}_change", args=[job.pk]))
    for view in JOB_PAGES:
        watch.look(*(reverse(f"{name}_{view}", args=[job.pk]) for job in (jobs[0], jobs[-1])))


def open_choices(watch, site):
    """The lists of an autocomplete are made by a script, from JSON."""
    watch.look(reverse("admin:agreements_agreementedition_change", args=[site.drafts[1].pk]))
    for field in ("#parties-0 .field-party", "#documents-0 .field-document", ".field-themes"):
        watch.page.locator(f"{field} .select2-selection").first.click()
        watch.page.locator(".select2-results__option[aria-selected]").first.wait_for()
        watch.check()
        watch.page.keyboard.press("Escape")


def admin_pages():
    """The names of all views of the admin."""
    [found] = [p for p in get_resolver().url_patterns if getattr(p, "namespace", "") == "admin"]
    inner = [p for group in found.url_patterns for p in getattr(group, "url_patterns", [group])]
    return {f"admin:{pattern.name}" for pattern in inner if pattern.name}


JOB_PAGES = ("columns", "names", "sheet", "mapping", "history", "delete")
