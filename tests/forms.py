"""Forms as a browser has them: read from the page, filled in, sent back whole."""

from collections import defaultdict

from lxml import html


def fields(response, form_id=None):
    """{name: [values]} of the form of a page, as a browser would send it unchanged."""
    forms = html.fromstring(response.content.decode()).forms
    chosen = [f for f in forms if f.get("id") == form_id] if form_id else forms
    values = defaultdict(list)
    for name, value in max(chosen, key=lambda form: len(form.fields)).form_values():
        if "__prefix__" not in name:
            values[name].append(value or "")
    return dict(values)


def add_row(values, prefix, **row):
    """One more row of an inline; returns its number."""
    number = int(values[f"{prefix}-TOTAL_FORMS"][0])
    values[f"{prefix}-TOTAL_FORMS"] = [str(number + 1)]
    values[f"{prefix}-{number}-id"] = [""]
    for name, value in row.items():
        values[f"{prefix}-{number}-{name}"] = value if isinstance(value, list) else [value]
    return number


def said(response):
    """The messages and errors on a page, as sentences."""
    marked = "//ul[contains(@class, 'messagelist')]/li | //ul[contains(@class, 'errorlist')]/li"
    found = html.fromstring(response.content.decode()).xpath(f"{marked} | //div[@role='alert']")
    return [" ".join(element.text_content().split()) for element in found]


def confirm(client, address, **values):
    """Open the page that a verb asks on, fill in `values`, and send it as a browser would."""
    asked = fields(client.get(address))
    return client.post(address, asked | values, follow=True)


def export(client, address, kind="csv", **values):
    """Open the form of an export, choose the format, and send it as a browser would."""
    asked = fields(client.get(address)) | {"format": str(["xlsx", "ods", "csv"].index(kind))}
    return client.post(address, asked | values)
