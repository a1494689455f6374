"""The resources there are, by name. Apps register theirs in a module called `resources`."""

from collections.abc import Sequence
from typing import TypeVar

from .resources import SheetResource

Resource = TypeVar("Resource", bound=type[SheetResource])
_resources: dict[str, type[SheetResource]] = {}


def register(resource: Resource) -> Resource:
    """Make the resource known under its `name`; a class decorator."""
    _resources[resource.name] = resource
    return resource


def find(name: str) -> type[SheetResource] | None:
    """Return the resource class called so, or None."""
    return _resources.get(name)


def resources() -> list[type[SheetResource]]:
    """Return all resource classes, in the order they were registered."""
    return list(_resources.values())


def fitting(headings: Sequence[str]) -> type[SheetResource] | None:
    """Return the resource class whose columns the headings are, or None.

    Of those whose identifying columns are all there, the one that knows most of the headings;
    content in editions before reference data, which an import changes at once.
    """
    known = [resource for resource in resources() if set(resource.keys) <= set(headings)]
    return max(known, key=lambda resource: _fitness(resource, headings), default=None)


def _fitness(resource, headings):
    columns = resource()
    found = sum(columns.column(heading) is not None for heading in headings)
    return found, hasattr(resource, "edition_model"), -resource.order
