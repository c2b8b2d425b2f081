"""What was entered into a PDF's form fields, and the notes and strokes that a viewer's pen and type tools leave."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extractors.readers.turning import Frame
from service.domain.documents import Drawing, FormValue
from service.domain.geometry import Box

_MOST = 3_000  # annotations of a page
_HIDDEN = 0x02 | 0x20  # flags: hidden, not viewed
_BUTTONS = (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON)
_TEXTS = (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX)
_STROKES = (raw.FPDF_ANNOT_INK, raw.FPDF_ANNOT_STAMP)


@dataclass(frozen=True, slots=True)
class Entries:
    """The filled and the empty fields of a page in the file's order, and what was drawn by hand onto it."""

    values: tuple[FormValue, ...]
    drawings: tuple[Drawing, ...]


def page_entries(page: pdfium.PdfPage, frame: Frame, number: int) -> Entries:
    """The entries of a page; form fields only where the document's forms were initialised."""
    values: list[FormValue] = []
    drawings: list[Drawing] = []
    for annotation in _annotations(page):
        box = _box(annotation, frame)
        if box is None or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
            continue
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        if kind in _STROKES:
            drawings.append(Drawing(box, number))
        elif kind == raw.FPDF_ANNOT_FREETEXT:
            values.append(FormValue("", _string(annotation, b"Contents"), box, number))
        elif kind == raw.FPDF_ANNOT_WIDGET and page.formenv is not None:
            value = _field(page, annotation, box, number)
            values += [] if value is None else [value]
    return Entries(tuple(values), tuple(drawings))


def _annotations(page: pdfium.PdfPage) -> Iterator[raw.FPDF_ANNOTATION]:
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        with _annotation(page, index) as annotation:
            if annotation:
                yield annotation


@contextmanager
def _annotation(page: pdfium.PdfPage, index: int) -> Iterator[raw.FPDF_ANNOTATION]:
    annotation = raw.FPDFPage_GetAnnot(page, index)
    try:
        yield annotation
    finally:
        if annotation:
            raw.FPDFPage_CloseAnnot(annotation)


def _field(page: pdfium.PdfPage, annotation: raw.FPDF_ANNOTATION, box: Box, number: int) -> FormValue | None:
    form = page.formenv
    kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
    name = _wide(raw.FPDFAnnot_GetFormFieldName, form, annotation)
    shown = _wide(raw.FPDFAnnot_GetFormFieldAlternateName, form, annotation) or name
    if kind in _BUTTONS:
        stands_for = _wide(raw.FPDFAnnot_GetFormFieldExportValue, form, annotation)
        on = bool(raw.FPDFAnnot_IsChecked(form, annotation))
        return FormValue(f"{shown}={stands_for}", "on" if on else "off", box, number, is_button=True)
    if kind in _TEXTS:
        return FormValue(shown, _wide(raw.FPDFAnnot_GetFormFieldValue, form, annotation).strip(), box, number)
    if kind == raw.FPDF_FORMFIELD_SIGNATURE:
        signed = bool(raw.FPDFAnnot_HasKey(annotation, b"V"))
        return FormValue(shown or "signature", "signed" if signed else "", box, number)
    return None


def _box(annotation: raw.FPDF_ANNOTATION, frame: Frame) -> Box | None:
    rect = raw.FS_RECTF()
    if not raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
        return None
    left, right = sorted((rect.left, rect.right))
    bottom, top = sorted((rect.bottom, rect.top))
    return frame.clip(*frame.place(left, top, right, bottom))


def _wide(read: object, form: object, annotation: raw.FPDF_ANNOTATION) -> str:
    assert callable(read)
    return _decoded(lambda buffer, size: read(form, annotation, buffer, size))


def _string(annotation: raw.FPDF_ANNOTATION, key: bytes) -> str:
    return _decoded(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _decoded(read: object) -> str:
    """A text that pdfium hands out as UTF-16 with a zero at its end."""
    assert callable(read)
    size = int(read(None, 0))
    if size <= 2:
        return ""
    buffer = (raw.FPDF_WCHAR * (size // 2 + 1))()
    read(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace").replace("\r\n", "\n").replace("\r", "\n")
