"""Papers that the retailer's suppliers and customers send, with the truth about each and what must be found in it."""

from service.demo.documents.content import DocumentContent
from service.demo.documents.customers_papers import make_claims, make_returns
from service.demo.documents.layouts import LAYOUTS, render
from service.demo.documents.papers import DemoDocument, build_documents, make_invoices

__all__ = [
    "LAYOUTS",
    "DemoDocument",
    "DocumentContent",
    "build_documents",
    "make_claims",
    "make_invoices",
    "make_returns",
    "render",
]
