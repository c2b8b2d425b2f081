"""Choosing on forms and in letters of customers: labels and what was entered at them."""
