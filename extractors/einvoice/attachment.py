"""Finds the invoice's XML among the files that a PDF carries."""

from __future__ import annotations

import pypdfium2 as pdfium

from extractors.einvoice.safe_xml import MOST_BYTES

_NAMES = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml", "order-x.xml", "cii.xml", "ubl.xml")
_MOST = 50  # attachments that are looked at
_ROOTS = (b"CrossIndustryInvoice", b"CrossIndustryDocument", b":xsd:Invoice-2", b":xsd:CreditNote-2")
_HEAD = 4096  # bytes in which an XML names its root


def invoice_xml(content: bytes) -> bytes | None:
    """The XML of a PDF that carries one: under a name of the standards', else any that begins as an e-invoice."""
    if b"EmbeddedFile" not in content:  # a stream's own dictionary is never compressed
        return None
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return None  # reading the pages says why
    try:
        return _chosen(document)
    except pdfium.PdfiumError:
        return None
    finally:
        document.close()


def _chosen(document: pdfium.PdfDocument) -> bytes | None:
    others: list[bytes] = []
    for index in range(min(document.count_attachments(), _MOST)):
        attachment = document.get_attachment(index)
        name = str(attachment.get_name()).lower()
        if not name.endswith(".xml"):
            continue
        data = bytes(attachment.get_data())[: MOST_BYTES + 1]
        if name in _NAMES:
            return data
        others.append(data)
    return next((data for data in others if any(root in data[:_HEAD] for root in _ROOTS)), None)
