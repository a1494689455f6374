"""The signal of changed reference data, for copies of it that have to follow.

`amended` is sent by the verbs, inside their transaction, after a row of class `sender` was stored,
removed or brought back: `instance` is the row, `before` its columns as they were, None for a new
one.
"""

from django.dispatch import Signal

amended = Signal()
