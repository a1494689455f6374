"""Accounts: who may work here, how they sign in, and the log of what they did with it.

Accounts are Django's own users. What is here guards them: they retire instead of being deleted,
sign-ins are limited, nobody gives more rights than he holds, and the log keeps it all.
"""
