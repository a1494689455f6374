"""The style sheets of the public pages: a small file for each component, for readers all in one."""

#: In the order in which they hold.
SHEETS = (
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    *(
        f"css/components/{name}.css"
        for name in (
            "site", "notice", "richtext", "numbering", "files", "timeline", "status", "lists",
            "facts", "table", "filters", "search", "editions",
        )
    ),
    "css/print.css",
)  # fmt: skip
#: What `collectstatic` makes of them.
ALL_IN_ONE = "css/pages.css"
