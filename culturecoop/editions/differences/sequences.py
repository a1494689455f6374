"""What was moved from one order to another."""

from bisect import bisect_left


def moved(before: list, after: list) -> set:
    """Return the fewest of the common items without which both have the same order."""
    place = {item: number for number, item in enumerate(before)}
    common = [item for item in after if item in place]
    return set(common) - set(_longest_rising(common, place))


def _longest_rising(items, place):
    """Return the longest run of items whose places rise (patience sorting)."""
    ends, lasts, before = [], [], {}
    for item in items:
        pile = bisect_left(ends, place[item])
        ends[pile : pile + 1] = [place[item]]
        lasts[pile : pile + 1] = [item]
        before[item] = lasts[pile - 1] if pile else None
    run, item = [], lasts[-1] if lasts else None
    while item is not None:
        run.append(item)
        item = before[item]
    return run
