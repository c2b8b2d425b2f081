"""Prints of e-mails: a head of sender, recipient and subject, then labelled lines or plain sentences."""

from __future__ import annotations

from dataclasses import dataclass

from service.demo.documents.forms.blocks import Plain
from service.demo.documents.forms.content import printed_cell
from service.demo.documents.forms.heads import number_name
from service.demo.documents.forms.sheet import Sheet
from service.demo.documents.layouts.paper import grey, wrapped

_HEADS = {
    "de": ("Von", "An", "Betreff", "Datum"),
    "en": ("From", "To", "Subject", "Date"),
    "fr": ("De", "À", "Objet", "Date"),
    "es": ("De", "Para", "Asunto", "Fecha"),
    "it": ("Da", "A", "Oggetto", "Data"),
    "nl": ("Van", "Aan", "Onderwerp", "Datum"),
}


@dataclass(frozen=True, slots=True)
class MailHead:
    """Sender, recipient, date and subject as a mail program prints them."""

    @property
    def names(self) -> tuple[str, ...]:
        """Who writes, when, and the number where the subject has it."""
        return ("customer_name", "customer_email", "request_date", "claim_date", "return_number", "claim_number")

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look, content = sheet.paper, sheet.look, sheet.content
        customer, number = content.customer, content.number
        about = f" {sheet.words.labels[number_name(sheet)]} {number}" if number else ""
        subject = sheet.words.titles[content.kind] + about
        values = (
            f"{customer.name} <{customer.email}>",
            f"{content.recipient.name} <{content.recipient.email}>",
            subject,
            f"{sheet.words.figures.day(content.filed_on)} 09:1{len(customer.name) % 10}",
        )
        paper.text(look.left, top, customer.name, look.heading)
        paper.rule(look.left, top + 5, look.right, top + 5, 1.5, grey(0))
        top += 20
        for label, value in zip(_HEADS[content.language], values, strict=True):
            paper.text(look.left, top, f"{label}:", look.label)
            top = paper.lines(look.left + 80, top, wrapped(value, look.text, look.right - look.left - 80), look.text)
        return top + 14


@dataclass(frozen=True, slots=True)
class MailLines:
    """Labelled lines as people type them: label, colon, value."""

    names: tuple[str, ...]
    mark: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints those that are filled."""
        look = sheet.look
        for name in self.names:
            value = sheet.value(name)
            if value:
                text = f"{self.mark}{sheet.asked(name)} {value}"
                top = sheet.paper.lines(look.left, top, wrapped(text, look.text, look.right - look.left), look.text)
        return top + look.gap * 0.6


@dataclass(frozen=True, slots=True)
class MailGoods:
    """Articles as people type them, a paragraph each."""

    shown: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """None."""
        return ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All that it shows."""
        return self.shown

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints them."""
        look = sheet.look
        for line in sheet.content.lines:
            for name in self.shown:
                value = printed_cell(sheet.words, line, name)
                if value:
                    text = f"{sheet.words.columns[name]}: {value}"
                    lines = wrapped(text, look.text, look.right - look.left)
                    top = sheet.paper.lines(look.left, top, lines, look.text)
            top += look.text.leading * 0.6
        return top


@dataclass(frozen=True, slots=True)
class Salutation(Plain):
    """How a mail begins."""

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        look = sheet.look
        return sheet.paper.lines(look.left, top, [sheet.words.texts["salutation"]], look.text) + look.text.leading * 0.6


@dataclass(frozen=True, slots=True)
class Regards:
    """How a mail ends: the sender's name, address and telephone, no signature."""

    @property
    def names(self) -> tuple[str, ...]:
        """Who writes."""
        return ("customer_name", "customer_address", "customer_phone")

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        look, customer = sheet.look, sheet.content.customer
        lines = [sheet.words.texts["closing"], customer.name, sheet.value("customer_address"), customer.phone or ""]
        return sheet.paper.lines(look.left, top + look.text.leading, [line for line in lines if line], look.text)
