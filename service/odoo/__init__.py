"""Talks to Odoo: the only place that knows its models, fields and errors."""
