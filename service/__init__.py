"""Concord: reads business documents, reconciles them with Odoo and puts what differs before a person."""
