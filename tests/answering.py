"""Publishing in tests: whatever is asked is answered as proposed."""

from culturecoop.editions import verbs

# What is asked of the bare agreements of the tests.
ASKED = ["no_partner", "no_event", "no_source"]


class Everything:
    """Contains every code."""

    def __contains__(self, code):
        return True


def publish(draft, **options):
    return verbs.publish(draft, agreed=Everything(), **options)


def approve(draft, **options):
    return verbs.approve(draft, agreed=Everything(), **options)
