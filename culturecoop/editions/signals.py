"""The signal of editions: who keeps what follows from them lets that follow.

`standing_changed` is sent by the verbs, inside their transaction and under the lock, after what
readers see of a track has changed, now or ahead: `instance` is an edition of it, `sender` its
model.
"""

from django.dispatch import Signal

standing_changed = Signal()
