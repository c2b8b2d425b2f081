"""Demonstration data: a small retailer's books and the papers that its suppliers send."""
