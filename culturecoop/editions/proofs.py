"""What must hold of the stored editions, checked apart from the verbs that bring it about."""

from itertools import groupby, pairwise
from operator import attrgetter


def faults(model):
    """Sentences about what does not hold of the editions of `model`, in no memory to speak of."""
    published = model.objects.published().order_by(*model.track_fields, "live_from", "pk")
    for _track, editions in groupby(published.iterator(2000), attrgetter("track_key")):
        for edition, following in pairwise([*editions, None]):
            expected = following and following.live_from
            if edition.live_until != expected:
                yield f"{edition!r}: published until {edition.live_until}, not {expected}"
            yield from (f"{edition!r}: {fault}" for fault in edition.proofs())
