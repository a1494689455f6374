"""The site that ours is measured against: the same pages and register, built with Wagtail.

It runs in an environment of its own (`bench/web_peer.py`) and imports nothing of ours.
"""
