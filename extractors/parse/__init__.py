"""Typed parsers for what is printed; pure."""
