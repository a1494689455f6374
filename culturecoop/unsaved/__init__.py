"""What an editor has typed or chosen and not saved: kept, and offered to nobody but him.

Words are kept by his browser (`static/admin_site/unsaved/`), which sends the number of its copy
along with the form, and is told when that was saved. Files are kept here for a day.
"""
