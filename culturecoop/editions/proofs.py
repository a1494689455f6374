"""What must hold of the stored editions, checked apart from the verbs that bring it about."""

from itertools import chain, islice, pairwise

from . import compiled

#: So many editions are in memory at once, with all that is proved of them.
PORTION = 100


def faults(model, progress=None):
    """Yield sentences about what does not hold of the editions of `model`.

    Reads them in portions; `progress` is called after each with the number of editions done.
    """
    published = model.objects.published().order_by(*model.track_fields, "live_from", "pk")
    followed = pairwise(chain(published.iterator(2000), [None]))
    done = 0
    while portion := list(islice(followed, PORTION)):
        read = model.read_for_proofs([edition for edition, _following in portion])
        for edition, following in portion:
            yield from (f"{edition!r}: {fault}" for fault in _faults(edition, following, read))
        yield from compiled.faults(model, [edition for edition, _following in portion])
        done += len(portion)
        if progress:
            progress(done)


def _faults(edition, following, read):
    is_followed = following is not None and following.track_key == edition.track_key
    expected = following.live_from if is_followed else None
    if edition.live_until != expected:
        yield f"published until {edition.live_until}, not {expected}"
    yield from edition.proofs(read)
