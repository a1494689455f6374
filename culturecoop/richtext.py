"""Rich text with just the marks that the public pages style, sanitised on the way in."""

from django.core.validators import MaxLengthValidator
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField

from .texts import MAX_LENGTH, TidyFormField, no_control_characters, tidy

EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Superscript": True,
    "Subscript": True,
    "HardBreak": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "History": True,
}


class RichTextFormField(TidyFormField, ProseEditorFormField):
    """The box of the editor, its line ends tidied."""


class RichTextField(ProseEditorField):
    """HTML of a known vocabulary. `clean()` sanitises; imports must call `full_clean()`."""

    default_validators = [no_control_characters, MaxLengthValidator(MAX_LENGTH)]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"extensions": EXTENSIONS, "sanitize": True} | kwargs)

    def to_python(self, value):
        value = super().to_python(value)
        return tidy(value) if isinstance(value, str) else value

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": RichTextFormField} | kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        for key in ("extensions", "sanitize", "config"):
            kwargs.pop(key, None)
        return name, "culturecoop.richtext.RichTextField", args, kwargs
