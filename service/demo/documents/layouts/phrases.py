"""Texts that several layouts print alike: addresses, header pairs and the rows below the items."""

from __future__ import annotations

from dataclasses import dataclass

from service.demo.documents.content import Bank, DocumentContent, Party, street_and_town
from service.demo.documents.wording import Wording


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what it says; ``strong`` marks the sum that counts."""

    label: str
    value: str
    strong: bool = False


def address_lines(party: Party, words: Wording, home: str) -> list[str]:
    """Name, street and town; the country too where it isn't ``home``."""
    country = party.address.country
    lines = [party.name, *street_and_town(party)]
    return lines if country == home else [*lines, words.countries.get(country, country)]


def subject_of(content: DocumentContent, words: Wording) -> str:
    """Title and number, as a letter's subject."""
    return " ".join(part for part in (words.title(content), content.number) if part)


def header_pairs(content: DocumentContent, words: Wording) -> tuple[Pair, ...]:
    """The document's number, dates and references, as far as it has them."""
    pairs = (
        (words.number_label(content), content.number),
        (words.date_label(content), words.day(content.issue_date)),
        (words.customer_number, content.customer_number),
        (words.order, ", ".join(content.order_references)),
        (words.delivery_note, ", ".join(content.delivery_notes)),
        (words.delivery_date, words.day(content.delivery_date) if content.delivery_date else None),
        (words.preceding_invoice, content.preceding_invoice),
        (words.due_date, words.day(content.due_date) if content.due_date else None),
        (words.your_vat_id, content.buyer.vat_id),
    )
    return tuple(Pair(label, value) for label, value in pairs if value)


def sum_pairs(content: DocumentContent, words: Wording) -> tuple[Pair, ...]:
    """The rows from the goods to the grand total."""
    freight = content.freight
    before = (
        ()
        if freight is None
        else (
            Pair(words.goods_total, words.number(content.net_total - freight)),
            Pair(words.freight, words.number(freight)),
        )
    )
    taxes = tuple(
        Pair(
            words.tax_on.format(rate=words.percent(row.rate), taxable=words.number(row.taxable)), words.number(row.tax)
        )
        for row in content.taxes
    )
    if len(taxes) > 1:
        taxes = (*taxes, Pair(words.tax_total, words.number(content.tax_total)))
    total = Pair(f"{words.total_label(content)} {content.currency}", words.number(content.grand_total), strong=True)
    return (*before, Pair(words.net_total, words.number(content.net_total)), *taxes, total)


def short_sum_pairs(content: DocumentContent, words: Wording) -> tuple[Pair, ...]:
    """Net, tax and grand total alone, where a table tells the rates."""
    return (
        *((Pair(words.freight, words.number(content.freight)),) if content.freight is not None else ()),
        Pair(words.net_total, words.number(content.net_total)),
        Pair(words.tax_total, words.number(content.tax_total)),
        Pair(f"{words.total_label(content)} {content.currency}", words.number(content.grand_total), strong=True),
    )


def account_lines(content: DocumentContent, words: Wording) -> list[str]:
    """Bank, account number and code, a line each; nothing where no bank is told."""
    bank = content.bank
    return [] if bank is None else [f"{words.bank}: {bank.name}", f"IBAN {grouped_iban(bank)}", f"BIC {bank.bic}"]


def contact_lines(content: DocumentContent, words: Wording) -> list[str]:
    """The seller's phone, mail and tax number, as far as it has them."""
    seller = content.seller
    phone = f"{words.phone} {seller.phone}" if seller.phone else ""
    return [line for line in (phone, seller.email or "", f"{words.vat_id} {seller.vat_id}") if line]


def payment_sentences(content: DocumentContent, words: Wording) -> list[str]:
    """What is said on payment and on tax."""
    terms = words.credit_phrase if content.is_credit_note else words.terms(content)
    untaxed = all(row.rate == 0 for row in content.taxes)
    return [sentence for sentence in (terms, words.tax_free if untaxed else None) if sentence]


def grouped_iban(bank: Bank) -> str:
    """The account number in groups of four, as people write it."""
    return " ".join(bank.iban[start : start + 4] for start in range(0, len(bank.iban), 4))
