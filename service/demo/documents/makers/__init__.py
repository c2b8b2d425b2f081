"""Invoices of many makers: every family is put together from other parts, and the truth is what was really printed."""
