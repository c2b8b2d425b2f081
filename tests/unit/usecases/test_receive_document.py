"""Receiving: durable before it is answered, each key answered once, the same bytes before a person."""

from __future__ import annotations

import pytest

from service.domain.codes import Code
from service.domain.errors import NotAllowedError, UsageError, VersionConflictError
from service.domain.jobs import Stage
from service.domain.lifecycle import DocumentStatus
from service.usecases.receive_document import Upload, receive_documents
from tests.support.parts import ADMIN, AUDITOR, Parts
from tests.support.values import an_extraction


def test_file_document_job_and_event_are_stored(parts: Parts) -> None:
    (document,) = parts.receive(b"%PDF-1.4 one")
    assert parts.load(document) == document
    assert document.status is DocumentStatus.RECEIVED
    assert document.media_type == "application/pdf"
    assert parts.blobs.get(document.sha256) == b"%PDF-1.4 one"
    assert parts.claim(document, Stage.READ).revision == 1
    assert parts.actions(document) == ["receive"]


def test_the_event_says_nothing_personal(parts: Parts) -> None:
    (document,) = parts.receive(b"%PDF-1.4 one")
    with parts.uow.read() as tx:
        (event,) = tx.audit.of_subject(f"document:{document.id}")
    assert event.actor == "u-uploader"
    assert set(event.detail) == {"sha256", "size", "source", "revision", "status"}


def test_the_same_key_and_files_give_the_same_documents(parts: Parts) -> None:
    first = parts.receive(b"%PDF one", b"%PDF two", key="k")
    assert parts.receive(b"%PDF one", b"%PDF two", key="k") == first
    with parts.uow.read() as tx:
        assert tx.documents.counts()["received"] == 2


@pytest.mark.parametrize("others", [(b"%PDF two",), (b"%PDF one", b"%PDF two"), (b"%PDF two", b"%PDF one")])
def test_the_same_key_with_other_files_is_a_conflict(parts: Parts, others: tuple[bytes, ...]) -> None:
    parts.receive(b"%PDF one", key="k")
    with pytest.raises(VersionConflictError):
        parts.receive(*others, key="k")


def test_the_same_bytes_are_a_new_document_in_review(parts: Parts) -> None:
    (first,) = parts.receive(b"%PDF one")
    (copy,) = parts.receive(b"%PDF one")
    assert copy.id != first.id
    assert (copy.duplicate_of, copy.status) == (first.id, DocumentStatus.IN_REVIEW)
    with parts.uow.read() as tx:
        (raised,) = tx.discrepancies.of_document(copy.id)
        assert tx.jobs.active(copy.id) == ()
    assert raised.discrepancy.code is Code.DUPLICATE_DOCUMENT
    assert parts.actions(copy) == ["receive", "flag_duplicate"]


def test_a_copy_takes_over_the_reading(parts: Parts) -> None:
    (first,) = parts.receive(b"%PDF one")
    with parts.uow.write() as tx:
        tx.readings.put(first.id, 1, an_extraction())
    (copy,) = parts.receive(b"%PDF one")
    with parts.uow.read() as tx:
        assert tx.readings.latest(copy.id) == an_extraction()


def test_copies_within_one_upload_are_found(parts: Parts) -> None:
    first, copy = parts.receive(b"%PDF one", b"%PDF one")
    assert (first.duplicate_of, copy.duplicate_of) == (None, first.id)
    assert first.received_at < copy.received_at


@pytest.mark.parametrize("actor", [AUDITOR, ADMIN])
def test_who_only_looks_or_administers_uploads_nothing(parts: Parts, actor: object) -> None:
    with pytest.raises(NotAllowedError, match="uploader"):
        receive_documents(
            uow=parts.uow,
            blobs=parts.blobs,
            clock=parts.clock,
            uploads=[Upload(b"%PDF", "a.pdf", "api")],
            actor=actor,  # type: ignore[arg-type]
        )


def test_an_empty_upload_is_refused(parts: Parts) -> None:
    with pytest.raises(UsageError):
        parts.receive()


@pytest.mark.parametrize("key", ["", "k" * 256])
def test_a_key_has_a_length_that_every_database_can_index(parts: Parts, key: str) -> None:
    with pytest.raises(UsageError, match="255"):
        parts.receive(b"%PDF one", key=key)
