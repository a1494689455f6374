"""Notifications: what became of drafts, told to those whom it concerns, in the admin and by mail.

Everybody chooses what he is told, and how. What is told is written in the transaction of the verb;
the mail goes out when that has ended, and where it cannot the log says so.
"""
