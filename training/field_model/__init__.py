"""Trains the field model on papers of the generator's fitting families and on pages that nobody laid out."""
