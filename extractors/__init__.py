"""Document bytes in, an Extraction out; knows neither database nor Odoo."""
