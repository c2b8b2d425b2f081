"""The database and the file store: adapters of UnitOfWork and BlobStore."""
