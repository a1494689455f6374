"""What a mapping is, as a dict and as TOML."""

import json

import pytest
from django.utils.text import slugify
from hypothesis import given
from hypothesis import strategies as st

from culturecoop.mapping import Invalid, Mapping, Rule, files
from culturecoop.mapping.names import SEPARATORS
from culturecoop.mapping.rules import COMBINATIONS, Further, Question, RowRule
from culturecoop.notations import NOTATIONS
from culturecoop.tabular.reading import ENCODINGS

# TOML and JSON hold any text but lone surrogates; line ends are LF in both. No text holds NUL.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=20)
words = st.dictionaries(texts, texts, max_size=3)
few = st.sampled_from(["", "date", "é\n"])
resources = st.sampled_from(["agreements", "events", "pages"])
conditions = st.dictionaries(few, st.lists(few, max_size=2), max_size=2)
rules = st.builds(
    Rule,
    st.just("title"),
    st.lists(texts, min_size=1, max_size=3).map(tuple),
    value=texts,
    combine=st.sampled_from(sorted(COMBINATIONS)),
    notation=st.sampled_from(["", *NOTATIONS]),
    separator=st.sampled_from(["", *SEPARATORS]),
    values=words,
    prefix=texts.map(slugify),
    shorten=st.integers(0, 1000),
    always=st.lists(texts, max_size=2).map(tuple),
)
columns = st.dictionaries(texts, rules, min_size=1, max_size=3).map(
    lambda found: {target: Rule(**vars(r) | {"target": target}) for target, r in found.items()}
)
some = st.fixed_dictionaries({"date": st.lists(few, max_size=2)})
simple = st.builds(
    lambda source, where: {"date": Rule("date", (source,), where=where)}, few, conditions
)
row_rules = st.builds(
    RowRule, columns=simple, spans=few, question=texts, where=conditions, unless=conditions
)
questions = st.builds(Question, texts.filter(bool), where=some, unless=conditions)
further = st.builds(
    Further,
    resources,
    columns=simple,
    rows=st.tuples(row_rules),
)
about = st.fixed_dictionaries({"kind": texts.filter(bool), "name": texts.filter(bool)})
mappings = st.builds(
    Mapping,
    resources,
    sheet=texts,
    heading_rows=st.sampled_from([(1, 1), (3, 4)]),
    encoding=st.sampled_from(["", *dict(ENCODINGS)]),
    delimiter=st.sampled_from(["", ",", ";", "\t", "#"]),
    empty=st.lists(texts, max_size=3).map(tuple),
    columns=columns,
    names=st.dictionaries(texts, st.lists(texts, max_size=2), max_size=3),
    new_names=st.dictionaries(texts.filter(bool), about, max_size=2),
    title=texts,
    source=texts,
)


@given(mappings)
def test_a_mapping_reads_back_from_toml_and_json(mapping):
    assert files.load(files.dumps(mapping)) == mapping
    assert Mapping.from_dict(json.loads(json.dumps(mapping.to_dict()))) == mapping


@given(
    st.builds(
        Mapping,
        resources,
        columns=simple,
        rows=st.lists(row_rules, max_size=2).map(tuple),
        questions=st.lists(questions, max_size=2).map(tuple),
        further=st.lists(further, max_size=2).map(tuple),
    )
)
def test_rows_and_further_sheets_read_back_from_toml_and_json(mapping):
    assert files.load(files.dumps(mapping)) == mapping
    assert Mapping.from_dict(json.loads(json.dumps(mapping.to_dict()))) == mapping
    assert len(list(mapping.parts())) == 1 + len(mapping.further)


EXAMPLE = """
resource = "agreements"
[columns.slug]
sources = ["RTA ID"]
[names]
"NETHERLANDS THE" = "NL"
"Nobody" = []
"""


def test_a_single_code_needs_no_brackets():
    mapping = files.load(EXAMPLE)
    assert mapping.names == {"NETHERLANDS THE": ["NL"], "Nobody": []}
    assert mapping.columns["slug"] == Rule("slug", ("RTA ID",))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("resource = ", "TOML"),
        ("[columns.a]\nvalue = 'x'", "resource"),
        ("resource = 'agreements'", "columns"),
        ("resource = 'events'\nsheets = 'b'", "sheets: Unknown. Expected: title, source"),
        ("resource = 3", "resource: .*“agreements”"),
        ("resource = 'events'\nheading_rows = [2, 1]", "heading_rows"),
        ("resource = 'events'\nheading_rows = 'x'", "heading_rows"),
        ("resource = 'events'\nempty = 'NA'", "empty"),
        ("resource = 'events'\ncolumns = 3", "columns"),
        ("resource = 'events'\n[columns]\nslug = 'id'", "columns.slug"),
        ("resource = 'events'\n[columns.slug]\ntake = 'slug'", "columns.slug"),
        ("resource = 'events'\n[columns.slug]\nsource = ['id']", "Unknown. Expected: sources"),
        ("resource = 'events'\n[columns.k]\nvalue = 'x'\ntarget = 'k'", "k.target: Unknown"),
        ("resource = 'events'\nis_further = true\n[columns.k]\nvalue = 'x'", "is_further: Unknown"),
        ("resource = 'events'\n[columns.slug]\nsources = ['id']\ntake = 'x'", "columns.slug.take"),
        ("resource = 'events'\n[columns.k]\nvalue = 'x'\ntake = 3", "take: .*“first”"),
        ("resource = 'events'\n[columns.k]\nvalue = 'x'\nseparator = 3", "separator: .*“;”"),
        ("resource = 'events'\n[columns.k]\nvalue = 'x'\nnotation = [3]", "notation: .*“iso”"),
        ("resource = 'events'\nencoding = 0", "encoding: .*“utf-8”"),
        ("resource = 'events'\n[columns.slug]\nsources = ['id']\nnotation = 'x'", "notation"),
        ("resource = 'events'\n[columns.slug]\nsources = ['id']\nseparator = 'x'", "separator"),
        ("resource = 'events'\n[columns.slug]\nsources = ['id']\nshorten = -1", "shorten"),
        ("resource = 'events'\n[columns.k]\nvalue = 'a'\n[columns.k.values]\na = 3", "values.a"),
        ("resource = 'events'\n[names]\nA = 3", "names.A"),
        ("resource = 'events'\n[names]\nA = [3]", "names.A"),
        ("resource = 'events'\n[new_names]\nA = 'x'", "new_names.A"),
        ("resource = 'events'\n[new_names.A]\nkind = 'country'", "new_names.A"),
        ("resource = 'events'\n[new_names.A]\nname = 'Atlantis'", "new_names.A"),
        ("resource = 'events'\n[columns.k]\nvalue = 'x'\ntake = 'same'", "columns.k.take"),
        ("resource = 'events'\n[columns.k]\nvalue = \"a\\u0000\"", "columns.k.value"),
        ("resource = 'events'\n[columns.\"k\\u0000\"]\nvalue = 'x'", "columns"),
        ("resource = 'events'\n[names]\n\"A\\u0000\" = 'x'", "names"),
        ("\"re\\u0000\" = 'a'", "re␀"),
        ("resource = 'events'\nencoding = 'idna'", "encoding.*utf-8"),
        ("resource = 'events'\nencoding = 'hex'", "encoding"),
        ("resource = 'events'\nencoding = \"a\\u0000\"", "encoding"),
        ("resource = 'events'\ndelimiter = 'ab'", "delimiter.*one character"),
        ("resource = 'events'\ndelimiter = '\"'", "delimiter"),
        (f"resource = 'events'\nsheet = '{'s' * 256}'", "sheet: Expected at most 255"),
        (f"resource = '{'a' * 51}'", "resource: Expected one of"),
        ("resource = 'treaties'\n[columns.k]\nvalue = 'x'", "resource: .*“agreements”"),
        (f"resource = 'events'\nheading_rows = [{10**30}, {10**30}]", "heading_rows"),
        (f"resource = 'events'\n[columns.k]\nvalue = 'x'\nshorten = 0x{'f' * 9000}", "shorten"),
        (f"a = {'9' * 5000}", "too deeply nested, or a number in it is too long.$"),
        ("a = " + "[" * 5000, "too deeply nested, or a number in it is too long.$"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(text, place):
    with pytest.raises(Invalid, match=place):
        files.load(text)


@given(st.recursive(st.none() | st.booleans() | texts, lambda s: st.dictionaries(texts, s)))
def test_anything_else_is_refused_in_words(content):
    with pytest.raises(Invalid):
        Mapping.from_dict(content)


@pytest.mark.parametrize(
    ("said", "ours"),
    [("UTF-8", "utf-8"), ("windows-1252", "cp1252"), ("ISO-8859-15", "iso8859_15"), ("", "")],
)
def test_an_encoding_has_several_names(said, ours):
    text = f"resource = 'events'\nencoding = '{said}'\n[columns.k]\nvalue = 'x'"
    assert files.load(f"\ufeff{text}").encoding == ours


def test_a_sheet_of_our_own_is_taken_as_it_is():
    mapping = Mapping.for_resource_sheet("agreements", ["slug", "title_en"])
    assert mapping.columns["title_en"] == Rule("title_en", ("title_en",), combine="same")


WHOLE = "resource = 'agreements'\n[columns.slug]\nsources = ['id']\n"


def test_the_documented_examples_are_mappings(settings):
    page = (settings.BASE_DIR / "docs" / "mappings.md").read_text(encoding="utf-8")
    examples = [block.split("```")[0] for block in page.split("```toml")[1:]]
    mapping, *_parts, table = [
        files.load(text if "resource" in text.split("[")[0] else WHOLE + text) for text in examples
    ]
    assert mapping.columns["signature"].combine == "earliest"
    assert mapping.new_names["EFTA"]["kind"] == "grouping"
    assert table.rows[1].columns["kind"].values["AA"] == "approval"


def test_the_mappings_that_are_shipped_can_be_read():
    for path in files.shipped().values():
        assert files.load(path.read_text(encoding="utf-8")).columns
