"""Two people changed one draft: what it was, what theirs and mine are, and one draft of both.

“Mine” is what stands in the posted form, “theirs” what is stored now, “it was” what both began
from. All is compared as Django's forms do it, so that a new field or inline needs nothing here.
"""
