"""E-mails as senders' programs write them."""

from __future__ import annotations

from email.message import EmailMessage


def a_mail(
    *attachments: tuple[str, bytes],
    subject: str = "Return of order S00012",
    text: str = "Hello,\n\nthe lamp of S00012 is broken, invoice INV/2026/00031.\n\nÉva Müller\n",
    message_id: str = "<one@customer.example>",
    html: str | None = None,
) -> bytes:
    """A mail of a customer with files attached."""
    mail = EmailMessage()
    mail["From"] = "Éva Müller <eva@customer.example>"
    mail["To"] = "returns@shop.example"
    mail["Date"] = "Mon, 23 Nov 2026 09:15:00 +0100"
    mail["Subject"] = subject
    if message_id:
        mail["Message-ID"] = message_id
    mail.set_content(text)
    if html is not None:
        mail.add_alternative(html, subtype="html")
    for name, content in attachments:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()
