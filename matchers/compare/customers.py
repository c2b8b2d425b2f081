"""How much speaks for each customer: address and telephone first, then the name, the sale and what contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matchers.block import telling_domain
from matchers.compare.parties import name_evidence, ranked, standing
from matchers.explain import prior
from matchers.index import RecordIndex
from service.domain.extraction import Extraction
from service.domain.keys import email_key, name_words, phone_key
from service.domain.matching import Evidence, Match, Role
from service.domain.records import Partner

_PRIOR = -3.0
_EMAIL_EQUAL, _DOMAIN_EQUAL, _EMAIL_OTHER = 5.0, 2.0, -0.5
_PHONE_EQUAL, _PHONE_OTHER = 4.0, -0.5
_ORDERED_BY, _SERIAL_SOLD_TO = 4.0, 2.5
_KNOWN_CUSTOMER = 0.5


@dataclass(frozen=True, slots=True)
class Buyers:
    """Who bought what the document names: the order or serial by the partner's id."""

    by_order: Mapping[int, str]
    by_serial: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class _Claimant:
    """The document's customer, normalised once for all candidates."""

    name: str | None
    words: tuple[str, ...]
    email: str
    phone: str


def customer_matches(extraction: Extraction, index: RecordIndex, buyers: Buyers) -> tuple[Match, ...]:
    """The customers that the document may come from, best first; the best one chosen where enough speaks for it."""
    name = extraction.text("customer_name") or extraction.text("sender_name")
    claimant = _Claimant(
        name=name,
        words=name_words(name or ""),
        email=email_key(extraction.text("customer_email") or extraction.text("sender_email") or ""),
        phone=phone_key(extraction.text("customer_phone") or ""),
    )
    orders = {index.head_id(partner_id): order for partner_id, order in buyers.by_order.items()}
    serials = {index.head_id(partner_id): serial for partner_id, serial in buyers.by_serial.items()}
    scored = []
    for head_id, members in index.families.items():
        head = index.partners[head_id]
        bought = _bought(head, orders.get(head_id), serials.get(head_id))
        found = (prior(_PRIOR), *_likeness(claimant, members), *bought, *_known(head, members), *standing(head, index))
        scored.append((head, found))
    return ranked(Role.CUSTOMER, scored)


def _likeness(claimant: _Claimant, members: tuple[Partner, ...]) -> Iterator[Evidence]:
    found = (
        _email_evidence(claimant, members),
        _phone_evidence(claimant, members),
        name_evidence(claimant.name, claimant.words, members),
    )
    yield from (entry for entry in found if entry is not None)


def _email_evidence(claimant: _Claimant, members: tuple[Partner, ...]) -> Evidence | None:
    known = {email_key(member.email): member.email for member in members if member.email}
    if not claimant.email or not known:
        return None
    if claimant.email in known:
        return Evidence("email", claimant.email, known[claimant.email], _EMAIL_EQUAL)
    domain = telling_domain(claimant.email)
    if domain is not None and domain in {telling_domain(address) for address in known}:
        return Evidence("email_domain", claimant.email, ", ".join(known.values()), _DOMAIN_EQUAL)
    return Evidence("email", claimant.email, ", ".join(known.values()), _EMAIL_OTHER)


def _phone_evidence(claimant: _Claimant, members: tuple[Partner, ...]) -> Evidence | None:
    known = {phone_key(member.phone): member.phone for member in members if member.phone}
    if not claimant.phone or not known:
        return None
    if claimant.phone in known:
        return Evidence("phone", claimant.phone, known[claimant.phone], _PHONE_EQUAL)
    return Evidence("phone", claimant.phone, ", ".join(known.values()), _PHONE_OTHER)


def _bought(head: Partner, order: str | None, serial: str | None) -> Iterator[Evidence]:
    if order is not None:
        yield Evidence("sale_order_reference", order, head.ref.name, _ORDERED_BY)
    if serial is not None:
        yield Evidence("serial_number", serial, head.ref.name, _SERIAL_SOLD_TO)


def _known(head: Partner, members: tuple[Partner, ...]) -> Iterator[Evidence]:
    if any(member.is_customer for member in members):
        yield Evidence("is_customer", None, head.ref.name, _KNOWN_CUSTOMER)
