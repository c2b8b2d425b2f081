"""Which kind of document an e-invoice's type code (BT-3, UNTDID 1001) stands for."""

from __future__ import annotations

from extractors.einvoice.model import Syntax
from service.domain.documents import DocumentKind

# Credit notes: general, self-billed, for goods, financial, consolidated, factored, corrected, delcredere, forwarder's …
_CREDIT_NOTES = frozenset("381 261 262 81 83 296 308 396 420 458 502 503 532".split())
_OTHERS = {
    "325": DocumentKind.PRO_FORMA,
    "220": DocumentKind.PURCHASE_ORDER,
    "231": DocumentKind.ORDER_CONFIRMATION,
    "351": DocumentKind.DELIVERY_NOTE,
    "481": DocumentKind.REMITTANCE_ADVICE,
}


def kind_of(syntax: Syntax, type_code: str) -> DocumentKind:
    """The kind; every other code is some sort of invoice: 380, corrected 384, self-billed 389, partial 326,
    prepayment 386, and many more.
    """
    if syntax is Syntax.UBL_CREDIT_NOTE or type_code in _CREDIT_NOTES:
        return DocumentKind.CREDIT_NOTE
    return _OTHERS.get(type_code, DocumentKind.SUPPLIER_INVOICE)
