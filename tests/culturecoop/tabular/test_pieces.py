"""Files in pieces: whatever the portions, the file is the same."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from culturecoop.tabular import pieces, writing
from tests.profiles import examples

HEADINGS = ["slug", "title"]
cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
cells |= st.sampled_from(["=1+1", "a;=2", "“é”", "\r\n", '"', ""])
portions = st.lists(st.lists(st.tuples(cells, cells), max_size=3), max_size=4)


@examples(1)
@given(portions=portions)
def test_a_csv_file_is_that_of_one_writing(portions):
    whole = io.BytesIO()
    writing.write(whole, "csv", "a", HEADINGS, [row for rows in portions for row in rows])

    assert b"".join(pieces.csv_pieces(HEADINGS, portions)) == whole.getvalue()


@examples(1)
@given(portions=portions)
def test_json_has_all_rows_without_what_is_empty(portions):
    content = b"".join(pieces.json_pieces({"list": "a"}, HEADINGS, portions))
    rows = [dict(zip(HEADINGS, row, strict=True)) for rows in portions for row in rows]

    assert json.loads(content) == {
        "list": "a",
        "rows": [{name: cell for name, cell in row.items() if cell} for row in rows],
    }


def test_the_headings_come_before_any_row_is_read():
    def failing():
        raise AssertionError("read too early")
        yield

    first = next(pieces.csv_pieces(HEADINGS, failing()))
    assert next(csv.reader(io.StringIO(first.decode("utf-8-sig")))) == HEADINGS
    assert next(pieces.json_pieces({"list": "a"}, HEADINGS, failing())).startswith(b'{"list"')


def test_a_portion_is_read_when_the_one_before_was_taken():
    read = []

    def portions():
        for number in range(3):
            read.append(number)
            yield [[str(number), ""]]

    found = pieces.csv_pieces(HEADINGS, portions())
    next(found), next(found)
    assert read == [0]
    assert len(list(found)) == 2
