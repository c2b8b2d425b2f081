"""How much speaks for each vendor: exact identifiers first, then the name, and what contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matchers.block import telling_domain
from matchers.compare.parties import name_evidence, ranked, standing
from matchers.explain import prior
from matchers.index import RecordIndex
from service.domain.extraction import Extraction
from service.domain.fields import FieldStatus
from service.domain.keys import account_key, name_words
from service.domain.matching import Evidence, Match, Role
from service.domain.records import Partner

_PRIOR = -3.0
_VAT_EQUAL, _VAT_WITHOUT_COUNTRY, _VAT_OTHER = 8.0, 6.0, -5.0
_IBAN_EQUAL, _IBAN_OTHER = 6.0, -3.0
_ADDRESS_EQUAL, _DOMAIN_EQUAL, _DOMAIN_OTHER = 3.5, 3.0, -0.5
_ORDERED_FROM = 4.0
_KNOWN_VENDOR = 0.5
_SHORTEST_VAT_NUMBER = 8


@dataclass(frozen=True, slots=True)
class _Seller:
    """The document's seller, normalised once for all candidates."""

    name: str | None
    words: tuple[str, ...]
    vat_id: str | None
    vat_id_is_valid: bool
    iban: str | None
    email: str | None


def vendor_matches(extraction: Extraction, index: RecordIndex, ordered_from: Mapping[int, str]) -> tuple[Match, ...]:
    """The vendors that the document may come from, best first; the best one chosen where enough speaks for it.

    ``ordered_from`` has the orders that the document names by their partners' ids.
    """
    seller = _seller(extraction)
    named = {index.head_id(partner_id): order for partner_id, order in ordered_from.items()}
    scored = (
        (
            index.partners[head_id],
            tuple(_evidence(seller, index.partners[head_id], members, index, order=named.get(head_id))),
        )
        for head_id, members in index.families.items()
    )
    return ranked(Role.VENDOR, scored)


def _seller(extraction: Extraction) -> _Seller:
    vat_id = extraction.first("seller_vat_id")
    name = extraction.text("seller_name")
    return _Seller(
        name=name,
        words=name_words(name or ""),
        vat_id=account_key(extraction.text("seller_vat_id") or "") or None,
        vat_id_is_valid=vat_id is not None and vat_id.status is not FieldStatus.INVALID,
        iban=account_key(extraction.text("iban") or "") or None,
        email=(extraction.text("seller_email") or "").strip().lower() or None,
    )


def _evidence(
    seller: _Seller, head: Partner, members: tuple[Partner, ...], index: RecordIndex, *, order: str | None
) -> Iterator[Evidence]:
    yield prior(_PRIOR)
    found = (
        _vat_evidence(seller, members),
        _iban_evidence(seller, members, index),
        _email_evidence(seller, members),
        name_evidence(seller.name, seller.words, members),
        Evidence("order_reference", order, head.ref.name, _ORDERED_FROM) if order else None,
        _known_vendor(head, members),
    )
    yield from (entry for entry in found if entry is not None)
    yield from standing(head, index)


def _vat_evidence(seller: _Seller, members: tuple[Partner, ...]) -> Evidence | None:
    known = {account_key(member.vat_id): member.vat_id for member in members if member.vat_id}
    if seller.vat_id is None or not known:
        return None
    if seller.vat_id in known:
        return Evidence("vat_id", seller.vat_id, known[seller.vat_id], _VAT_EQUAL)
    for key, shown in known.items():
        shorter, longer = sorted((key, seller.vat_id), key=len)
        if len(shorter) >= _SHORTEST_VAT_NUMBER and longer.endswith(shorter):
            return Evidence("vat_id", seller.vat_id, shown, _VAT_WITHOUT_COUNTRY)
    weight = _VAT_OTHER if seller.vat_id_is_valid else 0.0
    return Evidence("vat_id", seller.vat_id, ", ".join(known.values()), weight)


def _iban_evidence(seller: _Seller, members: tuple[Partner, ...], index: RecordIndex) -> Evidence | None:
    numbers = [account.number for member in members for account in index.accounts.get(member.ref.id, ())]
    if seller.iban is None or not numbers:
        return None
    for number in numbers:
        if account_key(number) == seller.iban:
            return Evidence("iban", seller.iban, number, _IBAN_EQUAL)
    return Evidence("iban", seller.iban, ", ".join(numbers), _IBAN_OTHER)


def _email_evidence(seller: _Seller, members: tuple[Partner, ...]) -> Evidence | None:
    known = [member.email.strip().lower() for member in members if member.email]
    if seller.email is None or not known:
        return None
    if seller.email in known:
        return Evidence("email", seller.email, seller.email, _ADDRESS_EQUAL)
    domain = telling_domain(seller.email)
    domains = {telling: address for address in known if (telling := telling_domain(address))}
    if domain is None or not domains:
        return None
    shown = domains.get(domain)
    if shown is not None:
        return Evidence("email_domain", seller.email, shown, _DOMAIN_EQUAL)
    return Evidence("email_domain", seller.email, ", ".join(domains.values()), _DOMAIN_OTHER)


def _known_vendor(head: Partner, members: tuple[Partner, ...]) -> Evidence | None:
    is_known = any(member.is_vendor for member in members)
    return Evidence("is_vendor", None, head.ref.name, _KNOWN_VENDOR) if is_known else None
