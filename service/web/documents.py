"""Files in and out: upload, live status, the original and pictures of its pages."""

from __future__ import annotations

import hashlib
from http import HTTPStatus

from flask import Blueprint, Response, make_response, redirect, render_template, request, send_file, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from service.domain.documents import Document, DocumentKind
from service.domain.errors import UsageError
from service.domain.ids import DocumentId, UserId
from service.domain.lifecycle import DocumentStatus
from service.ports import DocumentFilter
from service.usecases.receive_document import Upload, receive_documents, shown_name
from service.web.access import require_visible
from service.web.context import actor, container
from service.web.page_images import PageImages, etag, nearest_width

blueprint = Blueprint("documents", __name__)

MEGABYTE = 1024 * 1024
_FOREVER_S = 365 * 24 * 3600
_DEFAULT_WIDTH = 960  # pixels
_SHOWN_AT_ONCE = 20  # documents on the upload page
UNSETTLED = frozenset(
    status.value
    for status in (
        DocumentStatus.RECEIVED,
        DocumentStatus.READING,
        DocumentStatus.EXTRACTED,
        DocumentStatus.MATCHING,
    )
)


@blueprint.get("/upload")
def upload_page() -> str:
    """The upload page, with what the person uploaded last and how it stands."""
    own = DocumentFilter(uploaded_by=UserId(actor().id))
    with container().uow.read() as tx:
        rows, _ = tx.documents.search(own, limit=_SHOWN_AT_ONCE)
    return render_template("upload.html", documents=[row.document for row in rows], unsettled=UNSETTLED)


@blueprint.post("/upload")
def upload() -> AnyResponse:
    """Store the files: rows to put into the page for scripts, else back to the upload page."""
    received = receive_documents(
        uow=container().uow,
        blobs=container().blobs,
        clock=container().clock,
        uploads=uploads(request.files.getlist("file"), "web"),
        actor=actor(),
    )
    if "HX-Request" not in request.headers:
        return redirect(url_for("documents.upload_page"), HTTPStatus.SEE_OTHER)
    rows = "".join(_row(document) for document in received)
    return make_response(rows, HTTPStatus.ACCEPTED)


@blueprint.get("/documents/<document_id>/status")
def status(document_id: str) -> AnyResponse:
    """How the document stands, as a row of the upload page; 304 while nothing changed."""
    document = visible_document(document_id)
    response = make_response(_row(document))
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(f"{document.id}-{document.version}-{hashlib.sha256(response.get_data()).hexdigest()[:12]}")
    return response.make_conditional(request)


@blueprint.get("/documents/<document_id>/file")
def file(document_id: str) -> Response:
    """The original, always as a download: what it holds is not trusted."""
    return original(visible_document(document_id))


@blueprint.get("/documents/<document_id>/pages/<int:page>")
def page_image(document_id: str, page: int) -> AnyResponse:
    """A picture of page ``page`` (1-based), at least ``width`` pixels wide."""
    document = visible_document(document_id)
    width = nearest_width(request.args.get("width", _DEFAULT_WIDTH, type=int))
    folder = container().settings.data_dir / "cache" / "pages"
    images = PageImages(folder, container().reader.render)
    picture = images.get(container().blobs.path(document.sha256), document.sha256, page, width)
    response = send_file(
        picture, mimetype="image/png", etag=etag(document.sha256, page, width), max_age=_FOREVER_S, conditional=True
    )
    response.cache_control.public = False
    response.cache_control.private = True
    response.cache_control.immutable = True
    return response


def original(document: Document) -> Response:
    """The stored file under its own name; StorageError where it is damaged."""
    response = send_file(
        container().blobs.path(document.sha256),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=document.filename,
        etag=document.sha256,
        conditional=True,
    )
    response.headers["Content-Type"] = document.media_type
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def uploads(
    files: list[FileStorage], source: str, kind: str | None = None, source_ref: str | None = None
) -> tuple[Upload, ...]:
    """The files of a multipart request as uploads; UsageError where ``kind`` is none."""
    hint = kind_named(kind)
    return tuple(
        Upload(_content(part), _base_name(part.filename), source, hint, source_ref or None)
        for part in files
        if part.filename
    )


def visible_document(document_id: str) -> Document:
    """The document, if the caller may see it; NotFoundError."""
    with container().uow.read() as tx:
        return require_visible(tx.documents.get(DocumentId(document_id)), actor())


def _content(part: FileStorage) -> bytes:
    most = container().settings.max_upload_mb
    content: bytes = part.stream.read(most * MEGABYTE + 1)
    if len(content) > most * MEGABYTE:
        raise RequestEntityTooLarge(f"{_base_name(part.filename)} is larger than {most} MB.")
    return content


def kind_named(name: str | None) -> DocumentKind | None:
    """The kind of that name, None for none; UsageError where there is no such kind."""
    if not name:
        return None
    try:
        return DocumentKind(name)
    except ValueError as error:
        known = ", ".join(kind.value for kind in DocumentKind)
        raise UsageError(f"There is no kind of document {name!r}; known are {known}.") from error


def _base_name(filename: str | None) -> str:
    """The last part of whatever path a browser sends."""
    return shown_name((filename or "").replace("\\", "/").rpartition("/")[2])


def _row(document: Document) -> str:
    return render_template("upload_row.html", document=document, unsettled=UNSETTLED)
