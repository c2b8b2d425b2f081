"""The models that exist, each with the class that gives it its behaviour."""

from __future__ import annotations

from collections.abc import Mapping

from service.demo.odoo_server.model import Model
from service.demo.odoo_server.models.messages import Attachment, Message, ThreadModel
from service.demo.odoo_server.models.parties import Bank, BankAccount, Company, Parameters, Partner, State, User
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.schema import load_schema

_CLASSES: Mapping[str, type[RemoteModel]] = {
    "ir.attachment": Attachment,
    "ir.config_parameter": Parameters,
    "mail.message": Message,
    "res.bank": Bank,
    "res.company": Company,
    "res.country.state": State,
    "res.partner": Partner,
    "res.partner.bank": BankAccount,
    "res.users": User,
}


def build_models() -> Mapping[str, Model]:
    """Every model of the schema by name."""
    models = {}
    for name, spec in load_schema().items():
        plain = ThreadModel if "message_ids" in spec.fields else RemoteModel
        models[name] = _CLASSES.get(name, plain)(spec)
    return models
