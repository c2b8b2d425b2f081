"""Looks of forms by a few choices: typeface, size, edges and how they are filled in."""

from __future__ import annotations

from dataclasses import replace

from reportlab.lib.units import mm

from service.demo.documents.fonts import face
from service.demo.documents.forms.sheet import INK, FormLook
from service.demo.documents.layouts.paper import LETTER, WIDTH, Style, grey


def form_look(
    name: str = "helvetica",
    size: float = 9.0,
    *,
    filled: str = "",
    edge: float = 17,
    top: float = 18,
    has_ink: bool = False,
    is_letter: bool = False,
) -> FormLook:
    """A look in a face of ``service.demo.documents.fonts``; ``filled`` is the face of what is filled in (slanted and
    in ink where ``has_ink``), ``edge`` and ``top`` in millimetres, ``size`` in points.
    """
    faces, written = face(name, "en"), face(filled or name, "en")
    width = LETTER[0] if is_letter else WIDTH
    text = Style(faces.plain, size, size * 1.32)
    pen = Style(written.italic if has_ink else written.plain, size * 1.08, size * 1.4)
    look = FormLook(
        title=Style(faces.bold, size * 1.8, size * 2.2),
        heading=Style(faces.bold, size * 1.08, size * 1.3),
        label=Style(faces.plain, size * 0.85, size * 1.1, grey(0.25)),
        written=pen.coloured(INK) if has_ink else pen,
        text=text,
        left=edge * mm,
        right=width - edge * mm,
        top=top * mm,
    )
    return replace(look, size=LETTER) if is_letter else look
