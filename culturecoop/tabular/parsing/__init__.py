"""What runs in the process that reads a workbook: the parsers, and nothing of Django."""
