"""Whatever a mapping says: it is refused in words, or a sheet is read by it."""

import pytest
import tomli_w
from django.utils.text import slugify
from hypothesis import given
from hypothesis import strategies as st

from culturecoop.mapping import Invalid, Translator, files, headings
from culturecoop.mapping.names import SEPARATORS
from culturecoop.mapping.rules import COMBINATIONS
from culturecoop.notations import NOTATIONS
from culturecoop.tabular.reading import ENCODINGS, Unreadable, open_spreadsheet
from tests.profiles import examples

from .test_translating import Treaties

SHEET = """ID;Name;Signed (G);Signed (S);Parties;Remark
1;Treaty;16/12/2007;2007;France, Atlantis;n/a
2;;2005/06;9999-12-31;Korea, Republic of;Customs Union
;Échange;31 June;May 2000;;
"""
anything = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5), st.integers(), st.booleans(),
    st.floats(), st.dates(), st.just("\0"), st.just([]), st.just({}), st.just([1, "x"]),
)  # fmt: skip
words = st.sampled_from(["", "x", "FR", "France", "Atlantis", "n/a", "Customs Union", "*"])
sources = st.lists(
    st.sampled_from(["ID", "name", "Signed (G)", "Signed (S)", "Parties", "Remark"]), max_size=3
)


def one_of(*choices):
    return st.sampled_from(choices)


def mostly(sensible):
    """Usually what is expected, else anything that TOML can hold."""
    return st.integers(0, 11).flatmap(lambda n: sensible if n else anything)


def table(**optional):
    return st.fixed_dictionaries({}, optional={k: mostly(v) for k, v in optional.items()})


rules = table(
    sources=sources, value=words, take=st.sampled_from(sorted(COMBINATIONS)),
    notation=one_of("", *NOTATIONS), separator=one_of("", *SEPARATORS), prefix=words.map(slugify),
    values=st.dictionaries(words, words, max_size=3), shorten=st.integers(0, 20),
    always=st.lists(words, max_size=2), where=(conditions := st.dictionaries(
        one_of("ID", "remark", "None"), words | st.lists(words, max_size=2), max_size=2)),
    unless=conditions,
)  # fmt: skip
targets = one_of("slug", "title", "note", "signature", "force", "parties", "other")
mappings = st.builds(
    lambda slug, columns, rest: (
        {"columns": {**columns, "slug": slug}, "resource": "events", **rest}
    ),
    st.fixed_dictionaries({"sources": st.just(["ID"])}, optional={"take": one_of("slug", "same")}),
    st.dictionaries(targets, mostly(rules), max_size=3),
    table(
        heading_rows=one_of([1, 1], [1, 2], [4, 4], [9, 9]), delimiter=one_of(";", ",", "a", "ab"),
        encoding=one_of("", "idna", *dict(ENCODINGS)), empty=st.lists(words, max_size=2),
        names=st.dictionaries(words, words | st.lists(words), max_size=3),
        new_names=st.dictionaries(words, table(kind=words, name=words), max_size=2),
        rows=st.lists(
            table(
                columns=st.dictionaries(targets, mostly(rules), max_size=3), question=words,
                spans=one_of("ID", "Parties"), where=conditions, unless=conditions,
            ),
            max_size=2,
        ),
        questions=st.lists(table(text=words, where=conditions), max_size=1),
        other=words,
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    found = tmp_path_factory.mktemp("sheets") / "a.csv"
    found.write_text(SHEET, encoding="utf-8")
    return found


def opened(path, content):
    """(mapping, translator, rows) of the sheet by the mapping; raises Invalid or Unreadable."""
    mapping = files.load(tomli_w.dumps(content))
    sheet = open_spreadsheet(path, encoding=mapping.encoding, delimiter=mapping.delimiter)
    names, rows = headings.table_at(sheet, "", mapping.heading_rows)
    return mapping, Translator(mapping, names, Treaties()), rows


@examples(5)
@given(mappings)
def test_a_sheet_is_read_or_the_mapping_refused(path, content):
    refusal = ""
    try:
        mapping, translator, rows = opened(path, content)
    except (Invalid, Unreadable) as why:
        refusal = str(why)
    if refusal:
        assert "\0" not in refusal
        return
    assert files.load(files.dumps(mapping)) == mapping
    for _number, cells in rows:
        made = translator.rows(cells)
        assert made
        for row in made:
            assert set(mapping.columns) <= set(row.cells)
            assert "\0" not in "".join(row.cells.values())
            assert not row.left_out or row.errors == [] or made == [row]
