"""The block editor: the kinds of blocks that a page is made of."""

from content_editor.admin import ContentEditorInline
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from agreements.models import AgreementKind
from culturecoop.documents.forms import UploadField
from culturecoop.documents.probe import PICTURES
from culturecoop.documents.rendering import render
from culturecoop.editions.admin import PartInline

from .. import blocks

PLACE = ["region", "ordering"]


class BlockInline(PartInline, ContentEditorInline):
    """A kind of block. Its colour is the site's own, its icon from the editor's font."""

    color = "var(--link)"
    place = PLACE


class TextBlock(BlockInline):
    model = blocks.Text
    icon = "notes"
    fields = ["text", *PLACE]


class MilestoneBlock(BlockInline):
    model = blocks.Milestone
    icon = "event"
    fields = [("date", "actor"), "text", "link_text", "document", "address", *PLACE]
    autocomplete_fields = ["document"]


class LinkBlock(BlockInline):
    model = blocks.Link
    icon = "link"
    fields = [("heading", "title"), "document", "page", "agreement", "address", *PLACE]
    autocomplete_fields = ["document", "page", "agreement"]


class ImageForm(forms.ModelForm):
    file = UploadField(label=capfirst(_("file")), help_text=blocks.PICTURE_HELP, kinds=PICTURES)

    def clean_file(self):
        """Only what is a picture by its bytes, whatever its name; what readers get is made."""
        file = self.cleaned_data["file"]
        if hasattr(file, "facts"):
            file.rendering = getattr(file, "rendering", None) or render(file)
        return file


class ImageBlock(BlockInline):
    model = blocks.Image
    form = ImageForm
    icon = "image"
    fields = ["file", "alternative", "caption", "credit", *PLACE]


class AgreementListForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(
        label=capfirst(_("kinds")),
        choices=AgreementKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: agreements of all kinds."),
    )


class AgreementListBlock(BlockInline):
    model = blocks.AgreementList
    form = AgreementListForm
    icon = "list"
    place = ()  # as it comes it lists all agreements
    fields = [("theme", "order"), "kinds", *PLACE]
    autocomplete_fields = ["theme"]


INLINES = [TextBlock, MilestoneBlock, LinkBlock, ImageBlock, AgreementListBlock]
