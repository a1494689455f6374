"""Words that stay, go and come: both texts can be read out of them again, and little is marked."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from culturecoop.editions.differences import words
from culturecoop.editions.differences.richwords import rich_words_of
from culturecoop.editions.differences.words import Kind, pieces, words_of

TEXTS = st.lists(
    st.sampled_from(["the ", "treaty ", "entered ", "into ", "force ", "é", "가", "\n", ". ", "𝔘 "])
).map("".join)


def text_of(found, *kinds):
    return "".join(word.text for piece in found if piece.kind in kinds for word in piece.words)


def marked(found):
    return [(str(piece.kind), "".join(word.text for word in piece.words)) for piece in found]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_pieces(before, after):
    found = pieces(words_of(before), words_of(after))
    assert text_of(found, Kind.SAME, Kind.REMOVED) == before
    assert text_of(found, Kind.SAME, Kind.ADDED) == after


@given(TEXTS)
def test_what_is_the_same_is_not_marked(text):
    assert {piece.kind for piece in pieces(words_of(text), words_of(text))} <= {Kind.SAME}


def test_whole_words_are_marked():
    found = pieces(words_of("It is applied since 2010."), words_of("It is not applied since 2012."))
    assert marked(found) == [
        ("same", "It is "),
        ("added", "not "),
        ("same", "applied since "),
        ("removed", "2010"),
        ("added", "2012"),
        ("same", "."),
    ]


def test_no_more_is_marked_than_by_another_library():
    before = "The Parties shall cooperate in the field of culture and of the arts. " * 20
    after = before.replace("culture", "heritage", 3).replace("shall", "may", 1)
    ours = text_of(pieces(words_of(before), words_of(after)), Kind.REMOVED, Kind.ADDED)
    matcher = difflib.SequenceMatcher(None, before.split(), after.split(), autojunk=False)
    theirs = [c for c in matcher.get_opcodes() if c[0] != "equal"]
    words = sum(max(c[2] - c[1], 0) + max(c[4] - c[3], 0) for c in theirs)
    assert len(ours.split()) <= words


def test_the_texts_of_a_comparison_share_what_time_they_may_take(monkeypatch):
    limits = []

    class Library(words.diff_match_patch):
        def diff_main(self, *texts, **how):
            limits.append(self.Diff_Timeout)
            clock.append(clock[-1] + 1.5)
            return super().diff_main(*texts, **how)

    clock = [0.0]
    monkeypatch.setattr(words, "diff_match_patch", Library)
    monkeypatch.setattr(words, "monotonic", lambda: clock[-1])
    patience = words.Patience(2.0)
    for _text in range(3):
        pieces(words_of("one"), words_of("two"), patience)
    assert limits == [2.0, 0.5, words.LEAST]


def test_what_ran_out_of_time_is_told_less_finely_and_whole():
    before = "".join(f"alpha{n} same " for n in range(3000))
    after = "".join(f"beta{n} same " for n in range(3000))
    found = pieces(words_of(before), words_of(after), words.Patience(0.0))
    assert text_of(found, Kind.SAME, Kind.REMOVED) == before
    assert text_of(found, Kind.SAME, Kind.ADDED) == after


# Rich text ---------------------------------------------------------------------------------------


def changed(before, after):
    found = pieces(rich_words_of(before), rich_words_of(after))
    return [(str(piece.kind), [word.text or f"¶{word.block}" for word in piece.words])
            for piece in found if piece.kind != Kind.SAME]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("<p>a b</p>", "<p>a <strong>b</strong></p>", [("removed", ["b"]), ("added", ["b"])]),
        ("<p>a</p>", "<h2>a</h2>", [("removed", ["¶p"]), ("added", ["¶h2"])]),
        ("<p>a</p>", "<p>a</p><p>b</p>", [("added", ["¶p", "b"])]),
        (
            '<p><a href="/x/">a</a></p>',
            '<p><a href="/y/">a</a></p>',
            [("removed", ["a"]), ("added", ["a"])],
        ),
        (
            "<ul><li><p>a</p></li></ul>",
            "<ol><li><p>a</p></li></ol>",
            [("removed", ["¶ul li p"]), ("added", ["¶ol li p"])],
        ),
        ("<p>a</p>", "<p>a</p><p></p>", []),
        ("<p>a<br>b</p>", "<p>a b</p>", [("removed", ["\n"]), ("added", [" "])]),
    ],
)
def test_words_of_a_rich_text_have_their_marks(before, after, expected):
    assert changed(before, after) == expected


@given(st.text("<>/ab p&;\"'=", max_size=60))
def test_whatever_comes_has_words(html):
    rich_words_of(html)
