"""What a label asks for by the part of the form that it stands in: a name under "Dealer" is the dealer's."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.choose.vocabulary import FORMS
from extractors.labels import STRONG, Meaning, squeeze

_COSTS = ("parts", "labour", "costs")
_OF_DEALER = {"customer_name": "dealer_name", "customer_company": "dealer_name"}


def names_in_section(text: str, meanings: Iterable[Meaning], section: str | None) -> tuple[tuple[str, float], ...]:
    """The fields that a label of that ``text`` may ask for in a section of the form, with weights."""
    key, words = squeeze(text), FORMS.lexicon
    owner, sender = any(word in key for word in words.table("owners")), key in words.table("senders")
    return tuple(_in_section(m.name, m.weight, section, is_owner=owner, is_sender=sender) for m in meanings)


def _in_section(name: str, weight: float, section: str | None, *, is_owner: bool, is_sender: bool) -> tuple[str, float]:
    """A name under "Dealer" is the dealer's; what stands under "For office use" is nobody's."""
    personal = (name.startswith("customer") and not is_owner) or name in (
        "first_name",
        "last_name",
        "street",
        "city",
        "postcode_city",
    )
    if section == "dealer" and (personal or name in ("postcode", "region", "country")):
        return (_OF_DEALER[name], 1.0) if name in _OF_DEALER else ("other_text", weight)
    if section == "retailer":
        return (name, weight) if is_sender else ("other_text", weight)
    if section in _COSTS and name == "usage_value":
        return "other_text", weight  # of the journey
    if section == "customer" and personal:
        return name, 1.0
    if section == "product" and name == "customer_name" and not is_owner:
        return "description", weight
    if section == "product" and name in ("claim_number", "return_number") and weight < STRONG:
        return "other_reference", weight
    if section == "parts" and name in ("product_code", "description", "quantity", "unit_price"):
        return name, weight / 2
    return name, weight
