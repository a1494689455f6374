"""What everybody may take away of the register: rows of our own sheets, without what is internal.

Only what is live when somebody asks goes out, and of that the columns that `columns.py` names.
"""
