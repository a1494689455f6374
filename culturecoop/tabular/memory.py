"""The memory of long work."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: What Python searches for garbage after, as it was set when the process began.
USUAL = gc.get_threshold()


@contextmanager
def gc_frozen() -> Iterator[None]:
    """Keep what is in memory before the block from being searched for garbage inside it.

    Each search goes through all of Django; without them an import takes a fifth less time. What
    the block makes is searched less often: most of it is freed without.
    A server has it kept from that since its start, and for good: what other threads are making
    at the beginning of the block would never be found to be garbage in time.
    """
    if gc.get_freeze_count():
        yield
        return
    gc.freeze()
    gc.set_threshold(50_000, *USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*USUAL)
        gc.unfreeze()
