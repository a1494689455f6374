"""The legal state of an agreement on a day, in the words that readers see.

The words say what the periods of the status hold, and work nothing out again. Nobody types them.
"""

from .state import StatusOn, status_in, status_on, statuses_on

__all__ = ["StatusOn", "status_in", "status_on", "statuses_on"]
