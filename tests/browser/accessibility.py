"""What axe-core finds in a page: all that it knows in light colours, in dark ones the colours."""

from importlib.resources import files

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: Those that look at colours: the style sheets change nothing else in the dark.
OF_COLOURS = ["color-contrast", "link-in-text-block"]
#: A colour on its way to another one is neither.
END_TRANSITIONS = """() => document.getAnimations()
    .filter(animation => animation.effect.getComputedTiming().endTime < Infinity)
    .forEach(animation => animation.finish())"""


def seriously_wrong(page):
    """Return what axe-core finds that keeps somebody out."""
    found = wrong(page, runOnly=RULES, iframes=False, preload=False)
    return [fault for fault in found if fault["impact"] in ("serious", "critical")]


def wrong(page, **options):
    """Return all that axe-core finds; run without a script tag, which is blocked."""
    page.evaluate(AXE)
    options = {"resultTypes": ["violations"], **options}
    return [
        *_found(page, "light", options),
        *_found(page, "dark", {**options, "runOnly": OF_COLOURS}),
    ]


def _found(page, scheme, options):
    page.emulate_media(color_scheme=scheme)
    page.evaluate(END_TRANSITIONS)
    results = page.evaluate("options => axe.run(document, options)", options)
    return [
        {
            "scheme": scheme,
            "rule": fault["id"],
            "impact": fault["impact"],
            "nodes": [node["html"] for node in fault["nodes"]],
        }
        for fault in results["violations"]
    ]
