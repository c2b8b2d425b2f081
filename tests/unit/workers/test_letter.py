"""A mail is taken apart into its letter and what is attached, the same each time."""

from __future__ import annotations

from email import message_from_bytes, policy

from extractors.pipeline import extract
from service.domain.documents import DocumentKind
from service.domain.fields import Source
from tests.support.letters import a_mail
from workers.intake.letter import letter_id, uploads_of

PICTURE = b"\x89PNG\r\n\x1a\n"


def test_the_same_mail_gives_the_same_bytes() -> None:
    mail = a_mail(("a.pdf", b"%PDF a"), html="<p>Hello</p>")
    assert uploads_of(mail) == uploads_of(mail)


def test_the_letter_is_read_as_what_its_sender_wrote() -> None:
    letter, _ = uploads_of(a_mail(("a.pdf", b"%PDF a")))
    found = extract(letter.content, letter.filename, letter.kind_hint)
    assert found.kind is DocumentKind.CUSTOMER_COMMUNICATION
    said = {name: found.texts(name) for name in found.fields}
    assert said == {
        "sender_name": ("Éva Müller",),
        "sender_email": ("eva@customer.example",),
        "sent_at": ("2026-11-23T09:15:00+01:00",),
        "subject": ("Return of order S00012",),
        "intent": ("return",),
        "sale_order_reference": ("S00012",),
        "invoice_reference": ("INV/2026/00031",),
    }
    assert {entry.provenance.source for entries in found.fields.values() for entry in entries} == {Source.EMAIL}


def test_html_is_read_without_its_markup() -> None:
    mail = (
        b"From: a@b.example\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n"
        b"<style>p {}</style><p>The <b>lamp</b> of<br>S00099 &amp; more</p><script>1</script>"
    )
    (letter,) = uploads_of(mail)
    text = message_from_bytes(letter.content, policy=policy.default).get_content()
    assert text.splitlines() == ["The lamp of", "S00099 & more"]


def test_pictures_that_the_letter_shows_are_no_documents() -> None:
    mail = (
        b"Content-Type: multipart/related; boundary=x\r\nFrom: a@b.example\r\n\r\n"
        b'--x\r\nContent-Type: text/html\r\n\r\n<img src="cid:logo@x"> Hello\r\n'
        b"--x\r\nContent-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"iVBORw0KGgo=\r\n"
        b"--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--x--\r\n"
    )
    assert [(upload.filename, upload.content) for upload in uploads_of(mail)[1:]] == [("attachment-1.png", PICTURE)]


def test_a_forwarded_mail_is_one_attachment() -> None:
    inner = a_mail(("a.pdf", b"%PDF a"))
    mail = (
        b"Content-Type: multipart/mixed; boundary=outer\r\nFrom: a@b.example\r\n\r\n"
        b"--outer\r\nContent-Type: text/plain\r\n\r\nsee below\r\n"
        b"--outer\r\nContent-Type: message/rfc822\r\n\r\n" + inner + b"\r\n--outer--\r\n"
    )
    _, forwarded = uploads_of(mail)
    assert forwarded.filename == "attachment-1.eml"
    assert b"Message-ID: <one@customer.example>" in forwarded.content


def test_a_mail_without_an_id_is_known_by_its_bytes() -> None:
    first, second = a_mail(message_id=""), a_mail(message_id="", subject="Other")
    assert letter_id(first).startswith("sha256:")
    assert letter_id(first) != letter_id(second)
