"""The blocks of the peer's pages, those that ours have."""

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from .register import Agreement, Publication, Theme


class MilestoneBlock(blocks.StructBlock):
    day = blocks.CharBlock(required=False)
    date_text = blocks.CharBlock(required=False)
    actor = blocks.CharBlock(required=False)
    text = blocks.CharBlock(required=False)
    title = blocks.CharBlock(required=False)
    address = blocks.CharBlock(required=False)
    publication = SnippetChooserBlock(Publication, required=False)


class LinkBlock(blocks.StructBlock):
    title = blocks.CharBlock(required=False)
    address = blocks.CharBlock(required=False)
    publication = SnippetChooserBlock(Publication, required=False)


class LinksBlock(blocks.StructBlock):
    heading = blocks.CharBlock(required=False)
    links = blocks.ListBlock(LinkBlock())

    class Meta:
        template = "peer/blocks/links.html"


class AgreementsBlock(blocks.StructBlock):
    theme = SnippetChooserBlock(Theme)

    class Meta:
        template = "peer/blocks/agreements.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        agreements = Agreement.objects.filter(themes=value["theme"]).order_by("position")
        context["agreements"] = agreements.prefetch_related("publications")[:20]
        return context


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(template="peer/blocks/heading.html")
    text = blocks.RichTextBlock(template="peer/blocks/text.html")
    milestones = blocks.ListBlock(MilestoneBlock(), template="peer/blocks/milestones.html")
    links = LinksBlock()
    agreements = AgreementsBlock()
