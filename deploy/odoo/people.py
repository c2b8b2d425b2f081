# ruff: noqa: INP001  (read by Odoo's shell, part of no package)
"""Run in Odoo's shell: gives its administrator a password of its own, and Concord a user that may read and draft."""

from pathlib import Path

_GROUPS = (
    "account.group_account_readonly",
    "account.group_account_invoice",
    "purchase.group_purchase_user",
    "sales_team.group_sale_salesman_all_leads",
    "stock.group_stock_user",
)

env = globals()["env"]  # Odoo's shell puts it there
users = env["res.users"]
if not users.search([("login", "=", "concord")]):
    secrets = Path("/run/secrets")
    env.ref("base.user_admin").password = (secrets / "odoo-admin-password").read_text().strip()
    users.create(
        {
            "name": "Concord",
            "login": "concord",
            "email": "concord@localhost",
            "password": (secrets / "odoo-password").read_text().strip(),
            "groups_id": [(4, env.ref(group).id) for group in _GROUPS],
        }
    )
    env.cr.commit()
