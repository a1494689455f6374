"""Lives of real and typical agreements, each with the status that is right on a day.

The files are in `lives/`, for lawyers to read; `docs/lives.md` describes the format.
"""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from agreements.lives import NotALife, failures_of, read_lives

FOLDER = Path(__file__).with_name("lives")


def lives_in(path):
    with path.open("rb") as file:
        return read_lives(file)


LIVES = [(path.stem, life) for path in sorted(FOLDER.glob("*.toml")) for life in lives_in(path)]


@pytest.mark.parametrize("life", [pytest.param(life, id=f"{f}:{life['id']}") for f, life in LIVES])
def test_a_life_has_the_status_that_is_right_on_each_day(life):
    assert [str(failure) for failure in failures_of(life)] == []


@pytest.fixture
def wrong(tmp_path):
    """A file of one life with an expectation that does not hold."""
    path = tmp_path / "wrong.toml"
    path.write_text(
        'own = "EU"\n[[life]]\nid = "korea"\nparties = ["EU", "KR"]\n'
        'events = [{ kind = "signature", date = "2010-10-06" }]\n'
        'expect = [{ on = "2011-01-01", status = "in_force" },'
        ' { on = "2011-01-01", party = "KR", status = "signed" }]\n'
    )
    return path


def test_the_command_names_what_fails_and_counts(wrong, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("check_lives", str(wrong))

    assert end.value.code == 1
    assert capsys.readouterr().out.splitlines() == [
        "korea, 2011-01-01, the whole: is signed, should be in_force",
        "1 wrong of 2",
    ]


def test_the_command_is_content_with_what_holds(capsys):
    call_command("check_lives", *map(str, FOLDER.glob("*.toml")))

    assert capsys.readouterr().out.startswith("0 wrong of ")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("life = [", "not a TOML file"),
        ('[[life]]\nid = "x"\nparties = []\nexpect = []\n', "x: 'events' is missing"),
        ('[[life]]\nid = "x"\nparties = []\nexpect = []\nevents = [{ kind = "birth", date = "2" }]',
         "x, event 1: 'birth' is not a valid EventKind"),
        ('[[life]]\nid = "x"\nparties = []\nevents = []\n'
         'expect = [{ on = "2011-01-01", status = "denounced" }]', "'denounced' is not a valid"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(tmp_path, text, message):
    path = tmp_path / "lives.toml"
    path.write_text(text)

    with path.open("rb") as file, pytest.raises(NotALife, match=message):
        read_lives(file)
    with pytest.raises(CommandError, match=message):
        call_command("check_lives", str(path))
