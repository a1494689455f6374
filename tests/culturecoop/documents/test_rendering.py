"""What is made of an image is made by a process that may die."""

import pytest

from culturecoop.documents import rendering
from culturecoop.documents.inspection import Refused
from culturecoop.documents.rendering import render

from . import samples
from .samples import named


def refusal(content):
    with pytest.raises(Refused) as caught:
        render(named(content, "a.png"))
    return caught.value


def test_files_for_browsers_of_today_and_of_before():
    found = render(named(samples.image("PNG", (1000, 500)), "a.png"))
    assert sorted(found.files) == ["1000.png", "1000.webp", "480.webp", "800.webp"]
    assert (found.width, found.height) == (1000, 500)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (samples.image("PNG", (20_001, 1)), "pixels"),
        (samples.image("WEBP", (8_000, 8_000)), "pixels"),
        (samples.image("JPEG", (64, 64))[:-200], "broken"),
        (samples.pdf(), "type"),
        (b"", "empty"),
    ],
)
def test_what_cannot_be_shown_is_refused(content, code):
    assert refusal(content).code == code


def test_an_image_that_takes_too_much_memory_kills_only_its_process(monkeypatch):
    monkeypatch.setattr(rendering, "MEGABYTES", 64)
    assert refusal(samples.image("PNG", (7_000, 7_000))).code == "limits"


def test_half_an_answer_is_none(monkeypatch, tmp_path):
    stopped = tmp_path / "stopped.py"
    answer = '{"width": 1, "height": 1, "files": [["1.webp", 9]]}'
    stopped.write_text(f"print('''{answer}'''); print('half')")
    monkeypatch.setattr(rendering, "RENDERER", stopped)
    assert refusal(samples.image()).code == "limits"
