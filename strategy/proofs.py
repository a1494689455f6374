"""What must hold of a stored page: its pictures are there, its links open, its address is free."""

from django.db.models import prefetch_related_objects

from culturecoop.editions.dead_links import dead_internal_links
from culturecoop.editions.models import State

from .pictures import Picture
from .pictures import faults as picture_faults

#: The blocks that are looked at, as an edition calls them.
BLOCKS = (
    "strategy_image_set", "strategy_text_set", "strategy_link_set", "strategy_milestone_set",
)  # fmt: skip


def read_along(editions):
    """Prefetch what is looked at of editions; return {file: sentences} about their images."""
    prefetch_related_objects(editions, "page", *BLOCKS)
    images = [image for edition in editions for image in edition.strategy_image_set.all()]
    images = {image.file.name: image for image in images}
    made = Picture.objects.in_bulk(images)
    return {name: list(picture_faults(image, made.get(name))) for name, image in images.items()}


def block_faults(edition, images):
    """Yield sentences about the blocks of a published edition; links only of what is live."""
    for image in edition.strategy_image_set.all():
        yield from images[image.file.name]
    if edition.state == State.LIVE:
        for address in _dead(edition):
            yield f"a link leads to {address}, where readers find nothing"


def address_faults(edition):
    """Yield a sentence when a live page stands where the site needs the address for itself.

    It is from before the word was one of the site's own; it keeps its address until it is renamed.
    """
    page = edition.page
    if edition.state == State.LIVE and page.parent_id and page.slug in page.refused_words():
        yield f"the address {page.get_absolute_url()} is one of the site’s own now; rename the page"


def _dead(edition):
    """Return the addresses inside the site that its live blocks link to, and that open nothing."""
    texts = edition.strategy_text_set.all()
    dead = [address for block in texts for address in dead_internal_links(block.text)]
    for blocks in (edition.strategy_link_set, edition.strategy_milestone_set):
        dead += dead_internal_links([block.address for block in blocks.all()])
    return dict.fromkeys(dead)
