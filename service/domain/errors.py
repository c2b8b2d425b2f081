"""Every error that Concord raises on purpose.

    ConcordError
    ├── UsageError                      2  the request itself is wrong
    │   ├── InvalidMoveError               not possible in the document's state
    │   ├── VersionConflictError           somebody changed it meanwhile
    │   │   └── LeaseLostError                another worker has the job by now
    │   ├── NotFoundError                  no such document, exception, user
    │   └── NotAllowedError                the role doesn't permit it
    ├── ConfigurationError              3  a setting is missing or wrong
    ├── UnreadableDocumentError         4  the file can't be read; ``code`` says why
    │   └── NeedsOcrError                  it has to be recognised first, by who may
    ├── OdooUnreachableError            5  no connection or no answer in time (retryable)
    │   └── OdooAmbiguousError             a write whose outcome is unknown
    ├── OdooRefusedError                6  Odoo answered no
    └── StorageError                    7  database or files (retryable)
        └── BrokerError                    Redis is away (retryable)

An expected bad document is a value (a Failure, a Discrepancy), not an exception that escapes a stage.
"""

from __future__ import annotations


class ConcordError(Exception):
    """Base of the tree: a one-sentence message for a person, and optional advice what to do."""

    code = "INTERNAL"
    exit_code = 1
    retryable = False

    def __init__(self, message: str, *, advice: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        if code is not None:
            self.code = code


class UsageError(ConcordError):
    """The caller asked for something that makes no sense."""

    code = "USAGE"
    exit_code = 2


class InvalidMoveError(UsageError):
    """The document's state doesn't allow it."""

    code = "INVALID_MOVE"


class VersionConflictError(UsageError):
    """The caller saw an older version than the stored one."""

    code = "VERSION_CONFLICT"


class LeaseLostError(VersionConflictError):
    """The job's lease ran out and another worker took it; what this one did is not stored."""

    code = "LEASE_LOST"


class NotFoundError(UsageError):
    """There is nothing of that id."""

    code = "NOT_FOUND"


class NotAllowedError(UsageError):
    """The person's roles don't permit it."""

    code = "NOT_ALLOWED"


class ConfigurationError(ConcordError):
    """A setting is missing, unknown or wrong."""

    code = "CONFIGURATION"
    exit_code = 3


class UnreadableDocumentError(ConcordError):
    """A file that can't be read; ``code`` is one of EMPTY_FILE, ENCRYPTED, TRUNCATED, TOO_LARGE,
    TOO_MANY_PAGES, UNSUPPORTED_FORMAT, NO_TEXT, OCR_FAILED, READER_CRASHED, READER_TIMEOUT.
    """

    code = "UNREADABLE"
    exit_code = 4


class NeedsOcrError(UnreadableDocumentError):
    """A document with a page that only shows as a picture, asked to be read without recognising any."""

    code = "NEEDS_OCR"


class OdooUnreachableError(ConcordError):
    """No connection to Odoo, or no answer before the deadline."""

    code = "ODOO_UNREACHABLE"
    exit_code = 5
    retryable = True


class OdooAmbiguousError(OdooUnreachableError):
    """A write whose answer was lost: it may or may not have happened."""

    code = "ODOO_AMBIGUOUS"


class OdooRefusedError(ConcordError):
    """Odoo answered that it will not."""

    code = "ODOO_REFUSED"
    exit_code = 6


# Codes of a refusal that concerns one model: its app isn't installed, or the integration user has no right to it.
ODOO_NOT_READABLE = frozenset({"ODOO_MODEL", "ODOO_ACCESS"})


class StorageError(ConcordError):
    """The database or the file store failed."""

    code = "STORAGE"
    exit_code = 7
    retryable = True


class BrokerError(StorageError):
    """The queue's Redis can't be reached."""

    code = "BROKER"
