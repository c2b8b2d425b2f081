"""One repository a noun, each over the transaction's connection."""
