"""The local copy of Odoo's records: what matching reads."""
