"""`python -m bench tasks`: how many clicks and page loads the tasks of editors take.

Each is done in a real Chromium as by somebody who has read the guide, on a demonstration site that
is made for it, and is seen to have succeeded. Beside it stands what the same took in Wagtail 7.4,
counted by hand. What is typed is not counted, nor keys; a file that is chosen is a click. Written
to var/bench/tasks.json; exit status 1 when a task takes more than its limit.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from . import editing
from .measuring import RESULTS
from .web_servers import free_port

ROOT = Path(__file__).resolve().parent.parent
DEBIAN = Path("/usr/bin/chromium")
WIDE = {"width": 1440, "height": 1000}
ABOUT, DESK = "/about/", "/admin/"
PATIENCE = 60_000  # milliseconds that a page may take on a busy machine


@dataclass(frozen=True)
class Task:
    """What an editor does, from which page, and the most that it may take.

    `wagtail` is what it takes there, clicks and loads; `drafts` are the slugs of the agreements
    that were edited before; `who` does it.
    """

    name: str
    do: Callable
    start: str
    limit_clicks: int
    limit_loads: int
    wagtail: tuple[int, int]
    drafts: Sequence[str] = ()
    who: str = "publisher"


TASKS = [
    Task("a typo on a live page", editing.mend_a_typo, ABOUT, 4, 3, (6, 2)),
    Task("an agreement with two files", editing.add_an_agreement, DESK, 11, 4, (19, 4)),
    Task("what a draft would change", editing.compare, DESK, 1, 1, (6, 3), [editing.KOREA]),
    Task("a draft scheduled", editing.schedule, DESK, 4, 3, (10, 3)),  # that one
    Task("an earlier edition restored", editing.restore, ABOUT, 3, 3, (7, 4)),
    Task("a translation begun", editing.translate, "/", 3, 3, (6, 3)),
    Task("three drafts published", editing.publish_three, DESK, 6, 3, (7, 3), editing.OTHERS),
]
#: On a site where somebody else has to approve what is published.
REVIEW = [
    Task(
        "a draft submitted for review",
        editing.submit,
        DESK,
        3,
        2,
        (5, 3),
        [editing.KOREA],
        "author",
    ),
    Task("that one approved and published", editing.approve_and_publish, DESK, 3, 2, (5, 2)),
]


@dataclass(frozen=True)
class Count:
    """What a task took, and the most that it may take."""

    name: str
    clicks: int
    loads: int
    limit_clicks: int
    limit_loads: int

    @property
    def is_over(self):
        return self.clicks > self.limit_clicks or self.loads > self.limit_loads


class Hand:
    """An editor's hand on a page: it counts its clicks, and the pages that they load."""

    def __init__(self, page):
        self.page = page
        self.clicks = self.loads = 0
        page.on("domcontentloaded", self.count_load)

    def count_load(self, _page):
        self.loads += 1

    def click(self, what, **how):
        self.clicks += 1
        self._found(what).click(**how)

    def follow(self, what):
        """Click on what leads to another page, and wait for it."""
        with self.page.expect_event("domcontentloaded", timeout=PATIENCE):
            self.click(what)
        self.page.wait_for_load_state()

    def choose_files(self, what, files):
        self.clicks += 1
        self._found(what).set_input_files(files)

    def look_at(self, address):
        """Load a page to see what came of the task, which does not count."""
        loads = self.loads
        self.page.goto(address)
        self.loads = loads

    def type(self, words):
        self.page.keyboard.type(words)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def _found(self, what):
        return self.page.locator(what).first if isinstance(what, str) else what


def main():
    counts = []
    for count, task in done():
        print(line_of(count, task), flush=True)
        counts.append(count)
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "tasks.json").write_text(json.dumps([asdict(each) for each in counts], indent=2))
    return int(any(count.is_over for count in counts))


def done() -> Iterator[tuple[Count, Task]]:
    """Do the tasks; yield what each took, with the task."""
    with sync_playwright() as playwright:
        own = {"executable_path": str(DEBIAN)} if DEBIAN.exists() else {}
        browser = playwright.chromium.launch(args=["--no-sandbox", "--disable-gpu"], **own)
        for tasks, four_eyes in ((TASKS, "false"), (REVIEW, "true")):
            with (
                tempfile.TemporaryDirectory() as folder,
                demonstration(Path(folder), four_eyes) as (site, passwords),
            ):
                for task in tasks:
                    yield count_of(signed_in(browser, site, passwords, task.who), task), task


def count_of(page, task):
    """Do a task; return what it took."""
    for slug in task.drafts:
        editing.make_draft(page, slug)
    page.goto(task.start)
    hand = Hand(page)
    task.do(hand)
    page.remove_listener("domcontentloaded", hand.count_load)
    return Count(task.name, hand.clicks, hand.loads, task.limit_clicks, task.limit_loads)


def line_of(count, task):
    """Return what a task took, in a line of a table."""
    found, limit = (count.clicks, count.loads), (count.limit_clicks, count.limit_loads)
    ours, most, theirs = ("{:>2}/{}".format(*pair) for pair in (found, limit, task.wagtail))
    over = "  over its limit" if count.is_over else ""
    return f"{count.name:<32}{ours}  (limit {most}; Wagtail {theirs}){over}"


@contextmanager
def demonstration(folder: Path, four_eyes: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve a demonstration site in a folder; yield its address and {account: password}."""
    port = str(free_port())
    environment = os.environ | {
        "DEBUG": "true", "VAR_ROOT": str(folder), "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "FOUR_EYES": four_eyes,
    }  # fmt: skip
    command = [sys.executable, "manage.py", "run", "--port", port]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    ) as server:  # fmt: skip
        try:
            yield f"http://127.0.0.1:{port}", _passwords(server.stdout)
        finally:
            server.terminate()


def _passwords(lines):
    """Read what the site prints until it serves; return {account: password}."""
    passwords = {}
    for line in lines:
        if account := re.fullmatch(r"  (\w+)\s+(\S+)\n", line):
            passwords[account[1]] = account[2]
        if "Ctrl+C" in line:
            break
    return passwords


def signed_in(browser, site, passwords, who):
    """Return a page of somebody who has signed in."""
    page = browser.new_context(base_url=site, locale="en-GB", viewport=WIDE).new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto(DESK)
    page.fill("#id_username", who)
    page.fill("#id_password", passwords[who])
    page.click("#login-form [type=submit]")
    expect(page.locator("#user-tools")).to_be_visible()
    return page
