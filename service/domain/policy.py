"""The policy: tolerances and thresholds as data, with a fingerprint that decisions record."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from decimal import Decimal

from service.domain.money import Tolerance


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts as equal, what needs a person, and what may go on its own (contract: Default tolerances)."""

    unit_price: Tolerance = Tolerance(Decimal("0.01"), Decimal(1))
    line_total: Tolerance = Tolerance(Decimal("0.02"))
    document_total: Tolerance = Tolerance(Decimal("0.05"), Decimal("0.1"))
    tax: Tolerance = Tolerance(Decimal("0.02"))
    quantity: Tolerance = Tolerance()
    duplicate_amount: Tolerance = Tolerance(Decimal("0.01"))
    duplicate_days: int = 365
    cheaper_info_percent: Decimal = Decimal(10)
    refund: Tolerance = Tolerance(Decimal("0.01"))
    payment: Tolerance = Tolerance(Decimal("0.01"))
    return_window_days: int = 30
    warranty_months: int = 24
    duplicate_payment_days: int = 60
    blocking_days: int = 2  # within how many days an exception of the books should be settled
    warning_days: int = 10
    low_confidence: float = 0.8
    automatic_score: float = 0.9
    three_way: bool = True
    auto_draft: bool = False
    version: str = "default"

    @property
    def fingerprint(self) -> str:
        """First 16 hexadecimal digits of the SHA-256 of the policy's canonical JSON."""
        canonical = json.dumps(asdict(self), sort_keys=True, default=str)
        return hashlib.sha256(canonical.encode()).hexdigest()[:16]
