"""Files to rows, and rows to files: CSV, XLSX, XLS and ODS. Knows nothing of this project."""
