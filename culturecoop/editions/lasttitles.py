"""What was withdrawn goes by its last title: a withdrawal has no content of its own."""

from collections.abc import Sequence
from typing import Any


def read_ended(editions: Sequence[Any], *related: str) -> Sequence[Any]:
    """Read of withdrawals among editions of one model, in few queries, what each has ended.

    `related` are the rows that titles are read from.
    """
    withdrawals = [edition for edition in editions if edition.withdrawal]
    if not withdrawals:
        return editions
    model, identity = type(withdrawals[0]), withdrawals[0].track_fields[0]
    ended = model.objects.content().filter(
        live_until__in={row.live_from for row in withdrawals},
        **{f"{identity}__in": {row.track_key[0] for row in withdrawals}},
    )
    ended = ended.select_related(identity).prefetch_related(*related)
    found = {(row.track_key, row.live_until): row for row in ended}
    for row in withdrawals:
        row.ended = found.get((row.track_key, row.live_from))
    return editions


def titled_by(edition: Any) -> Any:
    """Return the edition whose title this one goes by: of a withdrawal what it has ended."""
    if not edition.withdrawal:
        return edition
    if not hasattr(edition, "ended"):
        read_ended([edition])
    return edition.ended or edition
