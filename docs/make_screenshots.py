"""Take the pictures of docs/editors.md anew, by doing what the guide says in a real browser.

    .venv/bin/python docs/make_screenshots.py

Serves a demonstration site of its own from a temporary folder, so that nothing else is touched,
and needs Chromium. Run it when the admin looks different; look at the pictures before they are
committed: each should stay under 150 KB.
"""

import datetime
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import openpyxl
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
PORT = os.environ.get("PORT", "8098")
SITE = f"http://127.0.0.1:{PORT}"
ADMIN = f"{SITE}/admin/"
AGREEMENTS = f"{ADMIN}agreements/agreementedition/"
PAGES = f"{ADMIN}strategy/pageedition/"
DOCUMENTS = f"{ADMIN}documents/document/"
FILES = ROOT / "fixtures" / "files"


@contextmanager
def demonstration(folder, four_eyes="false"):
    """A site in `folder`; gives the passwords of its accounts, {name: password}."""
    environment = os.environ | {
        "DEBUG": "true",
        "FOUR_EYES": four_eyes,
        "VAR_ROOT": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
    }
    command = [sys.executable, "manage.py", "run", "--port", PORT]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    ) as server:  # fmt: skip
        passwords = {}
        for line in server.stdout:
            if account := re.fullmatch(r"  (\w+)\s+(\S+)\n", line):
                passwords[account[1]] = account[2]
            if "Ctrl+C" in line:
                break
        try:
            wait_until_it_answers()
            yield passwords
        finally:
            server.terminate()


def wait_until_it_answers():
    for _attempt in range(50):
        with suppress(OSError):
            urllib.request.urlopen(SITE, timeout=10)
            return
        time.sleep(0.2)


class Editor:
    """Somebody signed in with a browser."""

    def __init__(self, browser, passwords, name):
        context = browser.new_context(
            locale="en-GB", timezone_id="Europe/Brussels", viewport={"width": 1180, "height": 760}
        )
        self.page = context.new_page()
        self.page.set_default_timeout(8000)
        self.page.goto(ADMIN)
        self.page.fill("#id_username", name)
        self.page.fill("#id_password", passwords[name])
        self.press("[type=submit]")

    def go(self, address):
        self.page.goto(address)
        self.settle()

    def settle(self):
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(300)

    def press(self, selector):
        self.page.click(selector)
        self.settle()

    def follow(self, name):
        self.page.get_by_role("link", name=name, exact=name == "Edit").first.click()
        self.settle()

    def push(self, name):
        self.page.get_by_role("button", name=name).first.click()
        self.settle()

    def open(self, listing, words):
        self.go(listing)
        self.page.locator("#result_list tr", has_text=words).locator("th a").first.click()
        self.settle()

    def confirm(self):
        """Agree to what is asked, and do it: now, where no other moment was given."""
        for box in self.page.locator("[type=checkbox][name^=answer_]").all():
            box.check()
        self.press("#content form [type=submit]:not(.linklike, [disabled]):visible")

    def choose(self, name, words):
        """In a box that searches while one types."""
        box = f"select[name='{name}'] + .select2-container"
        self.page.locator(box).click()
        self.page.locator(".select2-container--open .select2-search__field").last.fill(words)
        self.page.wait_for_timeout(800)
        self.page.locator(".select2-results__option").first.click()

    def another(self, group):
        self.page.locator(f"#{group}-group .add-row a").last.click()
        self.page.wait_for_timeout(200)

    def picture(self, name, at=None):
        if at:
            self.page.locator(at).first.scroll_into_view_if_needed()
        self.page.wait_for_timeout(200)
        self.page.screenshot(path=IMAGES / f"{name}.png")


def edit_an_agreement(editor):
    editor.open(AGREEMENTS, "korea")
    editor.picture("live")
    editor.follow("Edit")
    editor.picture("draft")
    editor.page.fill("[name=legal_basis]", "Article 167 TFEU")
    editor.push("Save and publish")
    editor.page.fill("[name=change_note]", "The legal basis is named.")
    editor.confirm()
    editor.follow("History")
    editor.picture("history")
    editor.follow("Compare")
    editor.picture("comparison")


def add_documents(editor):
    for title, file in (
        ("Agreement with Haiti, text", "colombia-peru-agreement-en.pdf"),
        ("Press release on Haiti", "summary-report-experts-en.pdf"),
    ):
        editor.go(f"{DOCUMENTS}add/")
        editor.page.fill("#id_title", title)
        editor.page.set_input_files("[name=files-0-upload]", FILES / file)
        editor.press("[name=_continue]")


def add_an_agreement(editor):
    add_documents(editor)
    page = editor.page
    editor.go(f"{AGREEMENTS}add/")
    page.fill("[name=texts-0-title]", "Agreement on Cultural Cooperation with Haiti")
    editor.choose("themes", "trade")
    for number, words in enumerate(("European", "Haiti")):
        editor.another("parties")
        editor.choose(f"parties-{number}-party", words)
    for number, (kind, date) in enumerate((("signature", "2026-06"), ("conclusion", "2026-10?"))):
        editor.another("events")
        page.select_option(f"[name=events-{number}-kind]", kind)
        page.fill(f"[name=events-{number}-date]", date)
    page.wait_for_timeout(2000)  # until the panel above has followed
    page.locator("#events-0 summary").click()
    page.evaluate("document.getElementById('status-panel').scrollIntoView()")
    editor.picture("events")
    for number, words in enumerate(("Haiti, text", "Press release")):
        editor.another("documents")
        editor.choose(f"documents-{number}-document", words)
    editor.press("[name=_publish]")
    page.fill("[name=change_note]", "New: the agreement with Haiti.")
    page.fill("[name=at]", next_monday().strftime("%Y-%m-%dT09:00"))
    editor.picture("publish")
    editor.confirm()


def next_monday():
    today = datetime.date.today()
    return today + datetime.timedelta(days=7 - today.weekday())


def edit_a_page(editor):
    page = editor.page
    editor.open(PAGES, "International cultural cooperation")
    editor.follow("Edit")
    page.locator(".order-machine-insert-target").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    editor.picture("blocks")
    page.keyboard.press("Escape")
    editor.go(page.url.partition("#")[0])
    page.locator(".ProseMirror >> visible=true").first.click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+End")
    page.locator(".prose-menubar >> visible=true").first.get_by_text("insert_link").click()
    page.wait_for_timeout(400)
    editor.picture("link")
    page.get_by_role("button", name="Cancel").click()


def conflict(editor, colleague):
    """Both have the draft of the home page open; the colleague saves first."""
    editor.page.fill("[name=lead]", "The EU fosters cultural cooperation.")
    editor.press("[name=_continue]")
    editor.go(editor.page.url.partition("#")[0])
    colleague.go(editor.page.url.partition("#")[0])
    colleague.page.fill("[name=title]", "International cultural relations")
    colleague.page.fill("[name=lead]", "The EU and its partners foster cultural cooperation.")
    colleague.press("[name=_continue]")
    editor.page.fill("[name=lead]", "The EU fosters cultural cooperation with the world.")
    editor.press("[name=_continue]")
    editor.picture("conflict", at=".conflict")
    editor.push("Save mine over it")


def replace_a_file(editor):
    editor.open(DOCUMENTS, "2008 Council Conclusions")
    editor.another("files")
    row = editor.page.locator("#files-group tr:not(.empty-form):has(input[type=file])").last
    row.locator("select").first.select_option("en")
    row.locator("input[type=file]").set_input_files(FILES / "cariforum-protocol-en.pdf")
    editor.press("[name=_continue]")
    editor.picture("file", at=".submit-row")


def translate(editor):
    editor.open(PAGES, "International cultural cooperation")
    editor.follow("Translate into")
    editor.page.select_option("[name=language]", "de")
    editor.push("Make the draft")
    editor.page.fill("[name=title]", "Internationale kulturelle Zusammenarbeit")
    editor.press("[name=_publish]")
    editor.confirm()
    editor.open(PAGES, "International cultural cooperation")
    editor.follow("Edit")
    editor.page.fill("[name=lead]", "The European Union fosters cultural cooperation.")
    editor.press("[name=_publish]")
    editor.picture("meaning")
    editor.confirm()
    editor.go(f"{SITE}/de/")
    editor.picture("out-of-date")


def withdraw(editor):
    editor.open(AGREEMENTS, "colombia-peru")
    editor.follow("Withdraw")
    editor.page.fill("[name=reason]", "The agreement has an entry of its own now.")
    editor.picture("withdraw")


def spreadsheet(editor, folder):
    editor.go(AGREEMENTS)
    editor.follow("Export")
    editor.picture("export")
    with editor.page.expect_download() as download:
        editor.page.click("#content form [type=submit]")
    path = folder / "agreements.xlsx"
    download.value.save_as(path)
    change(path)
    editor.go(AGREEMENTS)
    editor.follow(re.compile("^Import$"))
    editor.page.set_input_files("input[type=file]", path)
    editor.confirm()
    editor.picture("preview")


def change(path):
    """A wrong date, a cleared cell, another legal basis and a German title."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
    cariforum = rows["cariforum-protocol-cultural-cooperation"]
    central = rows["central-america-protocol-cultural-cooperation"]
    sheet.cell(cariforum, columns["initialled"]).value = "16.12.2007"
    sheet.cell(central, columns["wording_en"]).value = None
    sheet.cell(central, columns["legal_basis"]).value = "Article 207 TFEU"
    sheet.cell(1, len(columns) + 1).value = "title_de"
    sheet.cell(central, len(columns) + 1).value = "Protokoll über die kulturelle Zusammenarbeit"
    book.save(path)


def ministry_file(path):
    """A list as it comes from outside: a preamble, an impossible date, a name nobody knows."""
    book = openpyxl.Workbook()
    book.active.title = "List"
    for row in (
        ["Ministry of Culture – agreements in the field of culture"],
        [],
        ["File no.", "Title", "Countries", "Signed", "In force since", "Remarks"],
        ["C-101", "Cultural Agreement", "Belgium; France", "14/12/2000", "01/02/2002", ""],
        ["C-102", "Film Co-production", "Spain; Korea, Republic of", "05/06/2003", "", "Draft."],
        ["C-103", "Cultural Exchanges", "Hungary; Soviet Union", "12/05/1987", "9999-12-31", ""],
        ["C-104", "Youth Exchanges", "Spain; Morocco", "31/06/2004", "01/01/2006", ""],
        ["C-105", "Return of Cultural Goods", "Italy; Swiss Conf.", "20/10/2006", "", "In French."],
        ["C-106", "Memorandum on Museums", "Greece; Turkey", "11/2010", "", ""],
    ):
        book.active.append(row)
    book.save(path)


def slug_from(page, heading):
    """Let the slug come from this heading, and from no other."""
    for select in page.locator("select[name^=to-]").all():
        if select.input_value() == "slug":
            select.select_option("")
    name = page.get_by_role("rowheader", name=heading, exact=True)
    row = page.get_by_role("row").filter(has=name)
    row.get_by_role("combobox").first.select_option("slug")


def import_a_foreign_file(editor, folder):
    path = folder / "list of the ministry.xlsx"
    ministry_file(path)
    page = editor.page
    editor.go(f"{ADMIN}spreadsheets/importjob/add/")
    page.set_viewport_size({"width": 1180, "height": 980})
    editor.press("#toggle-nav-sidebar")
    page.set_input_files("input[type=file]", path)
    editor.push("Upload")
    editor.picture("import-sheet")
    editor.push("Continue")
    slug_from(page, "File no.")
    editor.push("Save and show the options")
    page.get_by_label("Begins with").fill("ministry")
    page.get_by_label("Name", exact=True).fill("Ministry of Culture")
    editor.push("Keep it")
    editor.picture("import-columns", at="caption")
    editor.push("Continue to the preview")
    editor.picture("import-preview")
    editor.follow("Say who they are")
    page.get_by_label("is the party").first.fill("CH")
    editor.picture("import-names")
    editor.push("Save and preview")
    editor.push("Take over")
    editor.picture("import-report")


def review(author, publisher):
    """An author submits two drafts, which a publisher finds on the desk."""
    for words, field in (("korea", "legal_basis"), ("central-america", "internal_note")):
        author.open(AGREEMENTS, words)
        author.follow("Edit")
        author.page.fill(f"[name={field}]", "Article 167(3) TFEU")
        author.push("Save and submit")
        author.page.fill("#id_note", "The legal basis is named now. Is paragraph 3 right?")
        author.push("Submit for review")
    publisher.go(ADMIN)
    publisher.picture("desk")
    publisher.page.locator("#tray-review li > a:not(.desk-compare)").last.click()
    publisher.settle()
    publisher.page.set_viewport_size({"width": 1180, "height": 980})
    publisher.picture("review")


def launch(playwright):
    chromium = Path("/usr/bin/chromium")
    return playwright.chromium.launch(
        executable_path=chromium if chromium.exists() else None,
        args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"],
    )


def main():
    IMAGES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as name,
        demonstration(Path(name)) as passwords,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        editor = Editor(browser, passwords, "publisher")
        edit_an_agreement(editor)
        add_an_agreement(editor)
        replace_a_file(editor)
        translate(editor)
        edit_a_page(editor)
        conflict(editor, Editor(browser, passwords, "author"))
        withdraw(editor)
        spreadsheet(editor, Path(name))
        import_a_foreign_file(editor, Path(name))
        browser.close()
    with (
        tempfile.TemporaryDirectory() as name,
        demonstration(Path(name), four_eyes="true") as passwords,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        review(*(Editor(browser, passwords, name) for name in ("author", "publisher")))
        browser.close()


if __name__ == "__main__":
    main()
