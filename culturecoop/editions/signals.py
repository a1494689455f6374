"""The signals of editions: who keeps what follows from them lets that follow.

`standing_changed` is sent by the verbs, inside their transaction and under the lock, after what
readers see of tracks has changed, now or ahead: `editions` are one of each, `sender` is their
model.

`drafts_changed` is sent after drafts were made, changed or discarded, in the transaction and under
the lock as well: `identities` are the ids of what they are drafts of, `sender` is their model. The
verbs send it, and whoever writes the parts of a draft, when these are written. With `later=True`,
where drafts are many, what takes long is left to whoever asks for it.

`reviewed` is sent after a step of a review was taken, or drafts were published: `step` is a Step of
reviews.py, "" for what was taken back, or PUBLISHED; `by` took it, with a `note`; `before` is who
took the step before.
"""

from typing import Any

from django.dispatch import Signal

standing_changed = Signal()
drafts_changed = Signal()
reviewed = Signal()

PUBLISHED = "published"


def tell_of(draft: Any) -> None:
    """Say that a draft was made, changed or discarded."""
    drafts_changed.send(type(draft), identities=[draft.track_key[0]])
