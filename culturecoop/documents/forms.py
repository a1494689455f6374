"""Uploads in forms: looked into before anything is stored."""

from django import forms

from culturecoop.unsaved.widgets import KeptFileWidget

from .inspection import KINDS, inspect


class UploadField(forms.FileField):
    """A file of one of the accepted kinds: its value is the upload with its `facts` (FileFacts).

    They stay with it, so that `add_file` need not read it again.
    """

    widget = KeptFileWidget

    def __init__(self, *args, kinds=KINDS, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = kinds

    def bound_data(self, data, initial):
        """Return the file that came back with its form and is kept, else what was there before."""
        return data if getattr(data, "kept", "") else super().bound_data(data, initial)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload and upload is not initial:
            upload.facts = inspect(upload, self.kinds)
        return upload
