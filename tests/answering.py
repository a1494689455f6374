"""Publishing in tests: whatever is asked is answered as proposed."""

from culturecoop.editions import verbs


class Everything:
    """Contains every code."""

    def __contains__(self, code):
        return True


def publish(draft, **options):
    return verbs.publish(draft, agreed=Everything(), **options)
