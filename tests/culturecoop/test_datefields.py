"""The fields of dates: what a form takes, and what a model stores."""

import pytest
from django.core.exceptions import ValidationError

from culturecoop.datefields import PartialDateField, PartialDateFormField
from culturecoop.dates import PartialDate


def test_form_field_gives_a_date_or_nothing():
    field = PartialDateFormField(required=False)
    assert field.clean(" 2007-12 ") == PartialDate(2007, 12)
    assert field.clean("December 2007") == PartialDate(2007, 12)
    assert field.clean(" ") is None


def test_a_day_that_is_written_otherwise_is_no_change():
    field = PartialDateFormField(required=False)
    assert not field.has_changed(PartialDate(2007), "2007")
    assert not field.has_changed(PartialDate(2007, 12, 16), " 16.12.2007 ")
    assert not field.has_changed(None, " ")
    assert field.has_changed(PartialDate(2007), "2007?")
    assert field.has_changed(PartialDate(2007), "")
    assert field.has_changed(PartialDate(2007), "some day")


def test_the_box_has_room_for_words_and_what_is_stored_has_not():
    field = PartialDateField().formfield()
    assert field.clean("Wednesday, 26 September 2007") == PartialDate(2007, 9, 26)
    assert field.widget.attrs["maxlength"] == "60"
    assert PartialDateField().max_length == 11


def test_a_model_takes_what_is_stored_alone():
    with pytest.raises(ValidationError, match="2009-12"):
        PartialDateField().to_python("16.12.2007")
