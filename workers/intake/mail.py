"""Mails to documents: each mail's letter and attachments in one transaction, then the mail is put away.

Where the worker dies before the commit the mail still waits; where it dies after, the mail is recognised by its id and
content, and just put away. A mail that ended the process several times is put away unread by us, flagged, so that
those behind it get their turn.
"""

from __future__ import annotations

import logging

from service.domain.errors import StorageError
from workers.intake.letter import letter_id, uploads_of
from workers.intake.mailbox import Mailbox, MailboxError, MailboxSettings, open_mailbox
from workers.intake.receiving import Intake, key_of

log = logging.getLogger(__name__)

AT = "mailbox_at"  # the fact that says which mail was begun, and how often
_MOST_TRIES = 3
_FILES_A_MAIL = 4  # a mail may be as large as so many of the largest files


def collect_mail(intake: Intake, settings: MailboxSettings) -> int:
    """Receive the mails that wait; how many. A server that is away is logged, and asked again next time."""
    received = 0
    try:
        with open_mailbox(settings) as mailbox:
            for uid in mailbox.waiting():
                intake.renew()
                received += _take(intake, mailbox, uid)
    except MailboxError as error:
        log.warning("mailbox away", extra={"host": settings.host, "reason": str(error)[:500]})
    return received


def _take(intake: Intake, mailbox: Mailbox, uid: str) -> bool:
    """Receive one mail and put it away; whether it could be received."""
    size = mailbox.size(uid)
    if size > intake.max_bytes * _FILES_A_MAIL:
        return _refuse(mailbox, uid, f"{size} bytes are more than the setting MAX_UPLOAD_MB allows")
    raw = mailbox.fetch(uid)
    if not raw:
        return False  # gone since
    if _begin(intake, letter_id(raw)) > _MOST_TRIES:
        _conclude(intake)
        return _refuse(mailbox, uid, "receiving it ended the process each time")
    uploads = uploads_of(raw)
    try:
        documents = intake.receive(uploads, key_of(uploads[0].source_ref or "", uploads))
    except StorageError:
        _conclude(intake)  # a full disk is no fault of the mail's, it waits until there is room
        raise
    log.info("received by mail", extra={"document_id": documents[0].id, "files": len(documents)})
    _conclude(intake)
    mailbox.put_away(uid)
    return True


def _begin(intake: Intake, mail: str) -> int:
    """Remember that the mail is begun; the how manieth time it is."""
    with intake.uow.write() as tx:
        tries, _, which = (tx.facts.get(AT) or "").partition(" ")
        count = int(tries) + 1 if which == mail else 1
        tx.facts.put(AT, f"{count} {mail}")
    return count


def _conclude(intake: Intake) -> None:
    with intake.uow.write() as tx:
        tx.facts.put(AT, "")


def _refuse(mailbox: Mailbox, uid: str, reason: str) -> bool:
    log.error("mail not received", extra={"uid": uid, "reason": reason})
    mailbox.put_away(uid, flagged=True)
    return False
