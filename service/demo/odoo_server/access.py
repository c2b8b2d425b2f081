"""Who may do what: groups on models, and rules on single records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import AccessError
from service.demo.odoo_server.schema import load_access
from service.demo.odoo_server.values import JsonValue

DRAFT_BILLS = "demo.group_draft_bills"
BILLING = "account.group_account_invoice"
ADMINISTRATOR = (
    "base.group_system",
    "base.group_partner_manager",
    "account.group_account_manager",
    "account.group_account_user",
    "purchase.group_purchase_manager",
    "stock.group_stock_manager",
    "sales_team.group_sale_manager",
)
_VERBS = {"r": "access", "w": "modify", "c": "create", "d": "delete"}
_OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}
_PURCHASE_TYPES = ("in_invoice", "in_refund", "in_receipt")
_SALE_TYPES = ("out_invoice", "out_refund", "out_receipt")
_OUR_DRAFTS = ("in_invoice", "in_refund", "out_refund")
_PLAIN_RIGHTS = {"base.group_user": "r", "base.group_system": "rwcd"}  # of models that only exist as link targets
# Companies own their records in these models even though the row may name none.
_PERSONAL = ("res.users", "res.company")


@cache
def _rights() -> tuple[Mapping[str, tuple[str, tuple[str, ...]]], Mapping[str, Mapping[str, str]]]:
    raw = load_access()
    groups = {key: (facts["name"], tuple(facts["implies"])) for key, facts in raw["groups"].items()}
    return groups, raw["access"]


def all_groups() -> Mapping[str, str]:
    """Every group's full name by its id."""
    return {key: name for key, (name, _implied) in _rights()[0].items()}


@cache
def with_implied(groups: frozenset[str]) -> frozenset[str]:
    """The groups with everything that they imply."""
    known, found, todo = _rights()[0], set[str](), list(groups)
    while todo:
        group = todo.pop()
        if group not in found:
            found.add(group)
            todo.extend(known.get(group, ("", ()))[1])
    return frozenset(found)


def groups_of(user: Record) -> frozenset[str]:
    """The ids of the groups that a user is in, directly or not."""
    kept = user.row.get("groups")
    return with_implied(frozenset(str(group) for group in kept) if isinstance(kept, list) else frozenset())


def has_group(env: Environment, group: str) -> bool:
    """Whether the caller is in the group, or acts as the system."""
    return env.elevated or group in groups_of(env.user)


def check_model(env: Environment, model: str, mode: str) -> None:
    """AccessError unless one of the caller's groups has the right (r, w, c or d) on the model."""
    if env.elevated:
        return
    rights = _rights()[1].get(model, _PLAIN_RIGHTS)
    own = groups_of(env.user)
    if not any(mode in letters and group in own for group, letters in rights.items()):
        raise AccessError(_no_right(env, model, mode, rights))


def _no_right(env: Environment, model: str, mode: str, rights: Mapping[str, str]) -> str:
    names = sorted(
        all_groups()[group] for group, letters in rights.items() if mode in letters and group in all_groups()
    )
    allowed = "\n".join(f"\t- {name}" for name in names if not name.endswith(_OUR_GROUP))
    who = f"This operation is allowed for the following groups:\n{allowed}" if allowed else ""
    return (
        f"You are not allowed to {_VERBS[mode]} '{env.models[model].spec.description}' ({model}) records.\n\n"
        f"{who or 'No group currently allows this operation.'}\n\n"
        "Contact your administrator to request access if necessary."
    )


_OUR_GROUP = "Draft Bills and Refunds"


def permitted(env: Environment, model: str, numbers: Iterable[int], mode: str) -> list[int]:
    """Those of the records that the caller's rules let through."""
    if env.elevated:
        return list(numbers)
    companies: frozenset[JsonValue] = frozenset(env.companies())
    rows = env.store.rows(model)
    kept = [number for number in numbers if _in_companies(model, rows[number].get("company_id"), companies)]
    if model not in ("account.move", "account.move.line"):
        return kept
    own = groups_of(env.user)
    return [number for number in kept if _move_permitted(own, Record(env, model, number), mode)]


def _in_companies(model: str, company: JsonValue, companies: frozenset[JsonValue]) -> bool:
    return model in _PERSONAL or company is None or company in companies


def _move_permitted(own: frozenset[str], record: Record, mode: str) -> bool:
    """Bills are for purchasers, invoices for salespeople, drafts of bills and refunds for our own group, all for
    accountants.
    """
    if BILLING in own or (mode == "r" and "account.group_account_readonly" in own):
        return True
    move = record if record.model == "account.move" else record.one("move_id")
    kind = move.text("move_type") if move else ""
    if "purchase.group_purchase_user" in own and kind in _PURCHASE_TYPES:
        return True
    if "sales_team.group_sale_salesman" in own and kind in _SALE_TYPES:
        return True
    draft = move is not None and move.text("state") == "draft"
    return DRAFT_BILLS in own and kind in _OUR_DRAFTS and draft


def check_records(records: Sequence[Record], mode: str) -> None:
    """AccessError unless the caller's rules let every one of the records through."""
    if not records or records[0].env.elevated:
        return
    env, model = records[0].env, records[0].model
    existing = [record.id for record in records if record.exists]
    refused = set(existing) - set(permitted(env, model, existing, mode))
    if refused:
        name = env.user.display_name
        listed = "\n ".join(_described(env.as_system().record(model, number)) for number in sorted(refused)[:6])
        raise AccessError(
            "Uh-oh! Looks like you have stumbled upon some top-secret records.\n\n"
            f"Sorry, {name} (id={env.user_id}) doesn't have '{_OPERATIONS[mode]}' access to:\n{listed}\n\n"
            "If you really, really need access, perhaps you can win over your friendly administrator with a batch of"
            " freshly baked cookies."
        )


def _described(record: Record) -> str:
    title = record.env.models[record.model].spec.description
    return f"- {title}, {record.display_name} ({record.model}: {record.id})"
