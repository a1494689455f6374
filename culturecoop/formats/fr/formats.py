"""How the French of the site writes dates: Django's formats, and the first of a month as "1er"."""

FIRST_DAY_FORMAT = r"j\e\r F Y"
