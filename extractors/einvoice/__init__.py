"""E-invoices: XML by itself or inside a PDF, to the same fields as a page."""
