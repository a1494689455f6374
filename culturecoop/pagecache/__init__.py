"""Public pages, answered again as they were rendered, before Django is asked.

A page is kept under what it was asked with and the stamp of what readers saw at that moment
(`culturecoop/editions/changes.py`). Each request reads the stamp, so nothing older is answered.
"""
