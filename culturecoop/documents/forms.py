"""Uploads in forms: looked into before anything is stored."""

from django import forms

from .inspection import inspect


def clean_upload(uploaded):
    """The FileFacts of an upload. They stay with it, so that `add_file` need not read it again.

    Raises Refused, which a form shows at the field.
    """
    uploaded.facts = inspect(uploaded)
    return uploaded.facts


class UploadField(forms.FileField):
    """A file of one of the kinds that are taken: its value is the upload, with its `facts`."""

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload and upload is not initial:
            clean_upload(upload)
        return upload
