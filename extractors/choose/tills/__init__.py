"""Till receipts: rows of a word and a figure, a shop's name above, cash and change below."""
