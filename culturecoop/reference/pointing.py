"""What leads readers over a moved address. The apps register what they know of."""

FINDERS = []


def finder(function):
    """Register `function(moved address) → the rows that lead over it`."""
    FINDERS.append(function)
    return function


def leading_over(moved):
    """Return the rows that send or link readers to a moved address that is held."""
    return [] if moved.freed_at else [row for function in FINDERS for row in function(moved)]
