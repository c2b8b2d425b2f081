"""The truth of a filled form: what a perfect reader would return, only what this form prints."""

from __future__ import annotations

from service.demo.documents.forms import Form
from service.demo.documents.forms.content import FormContent, FormLine, header_values, plain_value
from service.demo.documents.truth import Truth
from service.demo.documents.wording.form_words import FormWording


def form_truth(content: FormContent, form: Form) -> Truth:
    """``kind``, ``fields``, ``lines`` and ``absent``: the fields whose place on the form is empty."""
    words = form.design.words(content)
    content = form.design.shown(content)
    values = header_values(content)
    places = [name for name in dict.fromkeys(form.design.names) if name in values]
    fields: dict[str, object] = {}
    for name in places:
        value = values[name]
        if value is not None:
            fields[name] = plain_value(value)
    if content.claim is not None and content.claim.usage is not None and "usage_value" in fields:
        fields["usage_unit"] = content.claim.usage[1]
    if any(name.endswith("_amount") for name in fields):
        fields["currency"] = content.currency
    if "signature_present" in form.design.names:
        fields["signature_present"] = content.is_signed
    return {
        "kind": content.kind.value,
        "fields": fields,
        "lines": [_line(line, form.design.columns(content), words) for line in content.lines],
        "absent": [name for name in places if name not in fields],
    }


def _line(line: FormLine, columns: tuple[str, ...], words: FormWording) -> dict[str, object]:
    values = {name: getattr(line, name) for name in columns}
    plain = {name: plain_value(value) for name, value in values.items() if value is not None}
    if line.reason is not None and "reason" in columns:
        plain["reason_raw"] = words.reasons[line.reason]
    return dict(plain)
