"""The impure edge of reading: bytes to pages of words."""
