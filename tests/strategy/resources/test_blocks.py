"""The sheets of pages and blocks: whatever an editor writes in them comes back the same."""

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agreements.models import Agreement, AgreementKind, Theme
from culturecoop.documents.models import Document
from culturecoop.editions import verbs
from culturecoop.sheets import registry
from culturecoop.sheets.comparison import PlannedRow
from culturecoop.texts import FORBIDDEN
from strategy.models import Page, PageEdition
from tests.culturecoop.imports.plannedjobs import export

words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]).filter(
        lambda char: not FORBIDDEN.search(char)
    ),
    max_size=30,
).map(str.strip)
NUMBERED = '<ol data-type="lower-alpha-in-brackets" dir="rtl" start="4"><li><p>a</p></li></ol>'
pointers = st.sampled_from([{"document": "report"}, {"address": "https://example.org/a?b=c;d"}, {}])
blocks = st.one_of(
    st.fixed_dictionaries(
        {"text": st.sampled_from(["<p>a</p>", "<h2>ä &amp; b</h2><p>c</p>", NUMBERED])}
    ).map(lambda cells: {"type": "text"} | cells),
    st.tuples(
        st.fixed_dictionaries(
            {"date": st.sampled_from(["", "2007", "2007-12?"]), "actor": words, "text": words}
        ),
        pointers,
    ).map(lambda pair: {"type": "milestone"} | pair[0] | pair[1]),
    st.tuples(
        st.fixed_dictionaries({"heading": words, "title": words.filter(bool)}),
        st.one_of(pointers, st.sampled_from([{"page": "/"}, {"agreement": "korea"}])),
    ).map(lambda pair: {"type": "link"} | pair[0] | pair[1]),
    st.fixed_dictionaries(
        {
            "theme": st.sampled_from(["", "trade"]),
            "kinds": st.lists(st.sampled_from(AgreementKind.values), unique=True).map("; ".join),
            "order": st.sampled_from(["partner", "year", "newest"]),
        }
    ).map(lambda cells: {"type": "agreement_list"} | cells),
)
places = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["main", "in_depth", "more"]),
        "ordering": st.integers(0, 500).map(str),
    }
)


def taken_in(name, rows, pending=None):
    """Plan and apply the rows (dicts of cells); the planned rows."""
    resource = registry.find(name)(pending=pending)
    planned = [PlannedRow(number, dict(cells)) for number, cells in enumerate(rows, 2)]
    resource.plan(planned)
    assert {row.kind for row in planned} <= {"new", "changed"}, [row.errors for row in planned]
    again = [PlannedRow(row.number, row.cells) for row in planned]
    resource.lock({row.subject for row in planned})
    resource.plan(again)
    resource.apply(again)
    return again


class AnyBlock(TestCase):
    @given(made=st.lists(st.tuples(blocks, places), min_size=1, max_size=5))
    def test_any_block_comes_back(self, made):
        Document.objects.create(slug="report", title="The report")
        Theme.objects.create(slug="trade", name="Trade")
        Agreement.objects.create(slug="korea")
        verbs.start(Page.objects.create(), PageEdition, title="Home")
        rows = [
            {"path": "/", "language": "en", "key": "", "base": "0/1"} | block | place
            for block, place in made
        ]
        headings = list(dict.fromkeys(name for row in rows for name in row))
        taken_in("blocks", [{name: row.get(name, "") for name in headings} for row in rows])
        _headings, exported = export("blocks")
        wanted = sorted(_told(row) for row in rows)
        assert sorted(_told(row) for row in exported) == wanted
        resource = registry.find("blocks")()
        planned = [PlannedRow(number, row) for number, row in enumerate(exported)]
        resource.plan(planned)
        assert {row.kind for row in planned} == {"unchanged"}


def _told(row):
    """The cells that say something, the kinds in the order of the register."""
    cells = {n: v for n, v in row.items() if v and n not in ("key", "base")}
    if "kinds" in cells:
        cells["kinds"] = "; ".join(sorted(cells["kinds"].split("; ")))
    return sorted(cells.items())


class AnyCell(TestCase):
    @given(data=st.data())
    def test_no_cell_is_a_traceback(self, data):
        verbs.start(Page.objects.create(), PageEdition, title="Home")
        cell = st.one_of(
            words,
            st.sampled_from(["", "/", "en", "text", "image", "main", "1", "x" * 600, "<p>", "-"]),
        )
        for name in ("pages", "blocks"):
            resource = registry.find(name)()
            headings = [column.column_name for column in resource.fields.values()]
            row = PlannedRow(2, {heading: data.draw(cell, heading) for heading in headings})
            resource.plan([row])
            assert row.kind in ("new", "changed", "unchanged", "error", "conflict")
            assert all(fault[0] in ("", *headings) for fault in row.errors)
