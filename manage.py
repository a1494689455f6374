#!/usr/bin/env python
"""Django's command-line utility."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "culturecoop.settings")
    from culturecoop.commands import run

    run(sys.argv)
