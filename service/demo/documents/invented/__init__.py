"""Papers of people and firms that exist nowhere, for measuring how well papers are read; no books know them."""
