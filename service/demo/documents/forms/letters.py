"""Letters instead of forms: the customer writes freely, nothing is labelled but what people label anyway."""

from __future__ import annotations

from dataclasses import dataclass

from service.demo.documents.content import street_and_town
from service.demo.documents.forms.blocks import sign
from service.demo.documents.forms.content import FormLine
from service.demo.documents.forms.sheet import Sheet
from service.demo.documents.layouts.paper import wrapped


@dataclass(frozen=True, slots=True)
class LetterHead:
    """Sender, recipient and date; ``is_right`` puts the sender to the right."""

    is_right: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Who writes."""
        return ("customer_name", "customer_address", "customer_email", "customer_phone", "request_date", "claim_date")

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look, content = sheet.paper, sheet.look, sheet.content
        customer, recipient = content.customer, content.recipient
        left = look.right - 175 if self.is_right else look.left
        lines = [customer.name, *street_and_town(customer), customer.phone or "", customer.email or ""]
        top = paper.lines(left, top, [line for line in lines if line], look.text)
        top = paper.lines(look.left, top + 30, [recipient.name, *street_and_town(recipient)], look.text)
        day = sheet.words.figures.day(content.filed_on)
        paper.text_right(look.right, top + 16, f"{customer.address.city}, {day}", look.text)
        return top + 48


@dataclass(frozen=True, slots=True)
class LetterBody:
    """What the letter is about, in sentences, with a line for each article."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the sentences tell."""
        return (
            "return_number",
            "claim_number",
            "sale_order_reference",
            "purchase_date",
            "failure_date",
            "fault_description",
            "requested_resolution",
        )

    @property
    def columns(self) -> tuple[str, ...]:
        """What an article's line tells."""
        return ("quantity", "description", "product_code", "serial_number", "reason")

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look, texts = sheet.paper, sheet.look, sheet.words.texts
        paper.text(look.left, top, self._subject(sheet), look.heading)
        top = paper.lines(look.left, top + 28, [texts["salutation"]], look.text) + 6
        for sentence in self._opening(sheet):
            top = paper.lines(look.left, top, wrapped(sentence, look.text, look.right - look.left), look.text) + 6
        for line in sheet.content.lines:
            article = wrapped(_article(sheet, line), look.text, look.right - look.left - 20)
            top = paper.lines(look.left + 20, top, article, look.text) + 2
        top += 6
        for sentence in self._wishes(sheet):
            top = paper.lines(look.left, top, wrapped(sentence, look.text, look.right - look.left), look.text) + 6
        return top + 8

    def _subject(self, sheet: Sheet) -> str:
        title = sheet.words.titles[sheet.content.kind]
        number = sheet.content.number
        label = "claim_number" if sheet.content.claim else "return_number"
        return f"{title} – {sheet.words.labels[label]} {number}" if number else title

    def _opening(self, sheet: Sheet) -> list[str]:
        content = sheet.content
        phrase = sheet.words.texts["claim_letter" if content.claim else "return_letter"]
        bought = sheet.words.figures.day(content.purchased_on) if content.purchased_on else ""
        return [phrase.format(order=content.sale_order or "", bought=bought)]

    def _wishes(self, sheet: Sheet) -> list[str]:
        content, words = sheet.content, sheet.words
        sentences = []
        if content.claim is not None:
            sentences.append(content.claim.fault)
            if content.claim.failed_on:
                sentences.append(words.texts["failed"].format(failed=words.figures.day(content.claim.failed_on)))
        elif content.reason is not None:
            sentences.append(words.texts["because"].format(reason=words.reasons[content.reason]))
        if content.resolution is not None:
            sentences.append(words.texts["wish"].format(resolution=words.resolutions[content.resolution]))
        return sentences


@dataclass(frozen=True, slots=True)
class LetterEnd:
    """The closing with the signature over the name."""

    @property
    def names(self) -> tuple[str, ...]:
        """The signature."""
        return ("signature_present",)

    @property
    def columns(self) -> tuple[str, ...]:
        """None."""
        return ()

    def print(self, sheet: Sheet, top: float) -> float:
        """Prints it."""
        paper, look = sheet.paper, sheet.look
        paper.text(look.left, top, sheet.words.texts["closing"], look.text)
        if sheet.content.is_signed:
            sign(sheet, look.left + 4, top + 36)
        paper.text(look.left, top + 58, sheet.content.customer.name, look.text)
        return top + 70


def _article(sheet: Sheet, line: FormLine) -> str:
    columns = sheet.words.columns
    code = f" ({columns['product_code']} {line.product_code})" if line.product_code else ""
    serial = f", {columns['serial_number']} {line.serial_number}" if line.serial_number else ""
    return f"{sheet.words.figures.number(line.quantity)} x {line.description}{code}{serial}"
