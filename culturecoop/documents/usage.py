"""Where a document is used. The apps register what they know; this block knows no app."""

FINDERS = []


def finder(function):
    """Register `function(document) → a queryset of editions that point to it`."""
    FINDERS.append(function)
    return function


def next_use(document, besides):
    """When the first scheduled edition that uses a document begins, `besides` left out; or None."""
    moments = []
    for function in FINDERS:
        found = function(document).scheduled()
        if found.model is type(besides):
            found = found.exclude(pk=besides.pk)
        moments += found.values_list("live_from", flat=True)
    return min(moments, default=None)


def editions_using(document):
    """What readers see or are about to see of it: one edition an identity and language."""
    for function in FINDERS:
        found = function(document)
        identity = found.model.lane_fields[0]
        current = found.model.objects.foremost() | found.model.objects.in_force()
        rows = found.filter(pk__in=current.values("pk")).select_related(identity)
        yield from rows.distinct().order_by("pk")
