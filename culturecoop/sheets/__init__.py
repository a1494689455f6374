"""Our own sheets: their resources and columns, the three-way comparison, workbook and export."""
