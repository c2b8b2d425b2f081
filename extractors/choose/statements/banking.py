"""Tells a bank's statement from a supplier's, which many languages call the same: by a bank's words and columns."""

from __future__ import annotations

import re

from extractors.choose.headers import find_headers
from extractors.choose.hits import find_hits
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.choose.statements.entries import find_entries
from extractors.labels import squeeze
from service.domain.documents import DocumentKind

_BANKS = re.compile(
    r"(?<![^\W\d_])(?:bank|banque|banco|banca|sparkasse|caisse|kasse|crédit|raiffeisen|volksbank|bancaire|bancario)",
    re.IGNORECASE,
)
_NAMED_BANK = re.compile(r"[^\W\d_]{3,}(?:bank|sparkasse|kasse|banken)\b", re.IGNORECASE)
_HEAD = 8  # lines
_MOST_WORDS = 3
_WORD, _BANK, _ACCOUNTS, _VALUE_DATE, _PAPERS = 0.5, 1.2, 1.5, 1.2, 1.5
_AMBIGUOUS = frozenset({DocumentKind.BANK_STATEMENT, DocumentKind.SUPPLIER_STATEMENT})
_SURE = 1.5


def settled_statement(reading: Reading, kind: DocumentKind) -> DocumentKind:
    """The ``kind``, or where it is a statement and what is on it speaks clearly for the other sort, that one.
    ``reading`` is in the words of statements.
    """
    if kind not in _AMBIGUOUS:
        return kind
    points = _points(reading)
    if points >= _SURE:
        return DocumentKind.BANK_STATEMENT
    return DocumentKind.SUPPLIER_STATEMENT if points <= -_SURE else kind


def _points(reading: Reading) -> float:
    """What speaks for a bank's statement; below 0 for a supplier's."""
    table = reading.vocabulary.lexicon.table("banking")
    words = {squeeze(hit.text) for segment in reading.layout.segments() for hit in find_hits(segment, table)}
    points = _WORD * min(len(words), _MOST_WORDS)
    head = " ".join(line.text for line in reading.layout.lines[:_HEAD])
    points += _BANK * bool(_BANKS.search(head) or _NAMED_BANK.search(head))
    entries = find_entries(reading)
    accounts = sum(any(reading.spans(p, SpanType.IBAN) for _, p in entry.below) for entry in entries)
    points += _ACCOUNTS * (accounts > 0)
    names = {name for header in find_headers(reading) for column in header.columns for name in column.names[:1]}
    points += _VALUE_DATE * ("other_date" in names) - _PAPERS * bool({"due_date", "open_amount"} & names)
    return points - _PAPERS * ("reference" in names and "counterparty_name" not in names)
