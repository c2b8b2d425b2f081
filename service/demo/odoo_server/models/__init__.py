"""What Odoo does beyond storing, a module a family of models."""
