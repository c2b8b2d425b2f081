"""One verb a file: load, think with pure functions, save in one transaction."""
