"""Import jobs: an uploaded spreadsheet on its way into the register.

create → (look, propose: what the file holds and how its columns are read) → plan (the preview)
→ start and run, in steps → undo, or publish what it made. Every function takes the ImportJob.
Planning writes nothing but the rows of the preview; running plans the stored rows again, as the
register is by then, so that nothing is overwritten that moved on in between.
"""

from .approving import approvable
from .choosing import choose
from .creation import create, discard, look, propose
from .following import follow, follows_from, waiting
from .planning import plan
from .publishing import (
    ask_to_publish,
    drafts,
    may_publish,
    publish,
    published,
    published_together,
    publishes,
    versions_seen,
    when,
)
from .running import apply, run, start
from .states import NotApplied, is_stale, save_parse_options
from .undoing import undo

__all__ = [
    "NotApplied",
    "apply",
    "approvable",
    "ask_to_publish",
    "choose",
    "create",
    "discard",
    "drafts",
    "follow",
    "follows_from",
    "is_stale",
    "look",
    "may_publish",
    "plan",
    "propose",
    "publish",
    "published",
    "published_together",
    "publishes",
    "run",
    "save_parse_options",
    "start",
    "undo",
    "versions_seen",
    "waiting",
    "when",
]  # fmt: skip
