"""One module a document kind: its fields and how they are found."""
