"""Comparing a document with records, field by field, in weights that add up; one module a kind of record."""
