"""All families of makers' invoices by set: for fitting, and for measuring alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from service.demo.documents.layouts import LayoutSet
from service.demo.documents.makers.family import Family
from service.demo.documents.makers.fitting import FITTING
from service.demo.documents.makers.measured import MEASURED

FAMILIES: Mapping[LayoutSet, Mapping[str, Family]] = MappingProxyType(
    {LayoutSet.FITTING: FITTING, LayoutSet.MEASURING: MEASURED}
)
