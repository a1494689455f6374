"""Forty queries as readers type them, each with the result that stands first."""

import pytest

pytestmark = pytest.mark.django_db

KOREA = "/agreements/korea-protocol-cultural-cooperation/"
CARIFORUM = "/agreements/cariforum-protocol-cultural-cooperation/"
CENTRAL_AMERICA = "/agreements/central-america-protocol-cultural-cooperation/"
ANDES = "/agreements/colombia-peru-agreement-cultural-cooperation/"
REPORT, CONCLUSIONS, EXPERTS = (
    f"/documents/{slug}/"
    for slug in ("implementation-report", "council-conclusions-2008", "summary-report-experts")
)

QUERIES = [
    # parties, in any language
    ("en", "South Korea", KOREA),
    ("en", "Korea, Republic of", KOREA),
    ("en", "protocol KR", KOREA),
    ("de", "Südkorea", KOREA),
    ("de", "Suedkorea", KOREA),
    ("fr", "accord avec la Corée du Sud", KOREA),
    ("en", "Corea del Sur", KOREA),
    ("en", "Colombia Peru", ANDES),
    ("de", "Abkommen mit Kolumbien", ANDES),
    ("fr", "Pérou", ANDES),
    ("de", "Zentralamerika", CENTRAL_AMERICA),
    ("fr", "amerique centrale", CENTRAL_AMERICA),
    # members of groupings
    ("en", "Jamaica", CARIFORUM),
    ("fr", "accord avec la Jamaïque", CARIFORUM),
    ("de", "Kulturprotokoll Jamaika", CARIFORUM),
    ("en", "Trinidad", CARIFORUM),
    ("en", "agreement with Nicaragua", CENTRAL_AMERICA),
    ("de", "Honduras Protokoll", CENTRAL_AMERICA),
    # numbers, with and without what stands before them
    ("en", "22011A0514(04)", KOREA),
    ("en", "CELEX:22011A0514(04)", KOREA),
    ("en", "22011a051404", KOREA),
    ("en", "OJ L 127, 14.5.2011, p. 1418", KOREA),
    ("de", "ABl. L 127 vom 14.5.2011, S. 1418", KOREA),
    ("fr", "L 289", CARIFORUM),
    ("en", "COM(2012) 463", KOREA),
    ("en", "Decision (EU) 2024/1156", CENTRAL_AMERICA),
    ("en", "2008/805/EC", CARIFORUM),
    # titles, pasted
    ("en", "2008 Council Conclusions on cultural diversity & intercultural dialogue", CONCLUSIONS),
    ("en", "First 4-year implementation report", REPORT),
    ("fr", "Rapport de synthèse du groupe", EXPERTS),
    ("de", "Über diese Website", "/de/about/"),
    ("en", "A propos de ce site", "/fr/about/"),
    ("en", "International cultural cooperation", "/"),
    ("en", "Agreement on Cultural Co-operation", ANDES),
    # words, misspelled as well
    ("en", "Jamiaca", CARIFORUM),
    ("en", "intercultural dialoge", CONCLUSIONS),
    ("de", "Kolumbein", ANDES),
    ("en", "audiovisual reciprocity Korea", KOREA),
    ("en", '"preferential treatment"', "/"),
    ("fr", "licences", "/fr/about/"),
]


@pytest.mark.parametrize(("language", "text", "address"), QUERIES)
def test_the_first_result(demonstration, find, language, text, address):
    first = find(text, language)[0]
    assert first.removeprefix(f"/{language}") == address.removeprefix(f"/{language}")


def test_they_are_forty():
    assert len(QUERIES) == 40
