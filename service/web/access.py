"""Who may call which endpoint: one table, and what isn't in it is denied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.domain.decisions import Actor, UserRole
from service.domain.documents import Document
from service.domain.errors import NotFoundError

_R = UserRole
SEES_ALL = frozenset({_R.REVIEWER, _R.APPROVER, _R.AUDITOR})
UPLOADS = frozenset({_R.UPLOADER, _R.REVIEWER, _R.APPROVER})
READS = SEES_ALL | {_R.UPLOADER}
REVIEWS = frozenset({_R.REVIEWER, _R.APPROVER})
APPROVES = frozenset({_R.APPROVER})
ADMINISTERS = frozenset({_R.ADMIN})
COUNTS = SEES_ALL | ADMINISTERS
EVERYBODY = frozenset(UserRole)


@dataclass(frozen=True, slots=True)
class Access:
    """Roles of which one is needed; ``roles`` None means that nobody has to sign in."""

    roles: frozenset[UserRole] | None

    @property
    def is_public(self) -> bool:
        """Whether it is open to anybody."""
        return self.roles is None

    def admits(self, actor: Actor) -> bool:
        """Whether the signed-in actor may."""
        return self.roles is None or actor.has(*self.roles)


_PUBLIC = ("static", "auth.sign_in", "auth.sign_in_submit", "health.healthz", "health.readyz", "health.metrics")
_ENDPOINTS: Mapping[frozenset[UserRole], tuple[str, ...]] = MappingProxyType(
    {
        EVERYBODY: ("auth.sign_out", "auth.home", "api.openapi"),
        UPLOADS: ("documents.upload_page", "documents.upload", "api.upload"),
        READS: (
            "queue.work_list",
            "review.page",
            "review.progress",
            "documents.status",
            "documents.file",
            "documents.page_image",
            "api.document_list",
            "api.document",
            "api.document_file",
        ),
        SEES_ALL: (
            "dashboard.page",
            "review.audit",
            "exceptions.work_list",
            "exceptions.page",
            "api.audit",
            "api.exception_list",
        ),
        REVIEWS: (
            "review.correct",
            "review.decide",
            "review.resolve",
            "review.reprocess",
            "review.split",
            "exceptions.resolve",
            "api.correct",
            "api.decide",
            "api.resolve",
            "api.reprocess",
            "api.split",
        ),
        APPROVES: ("queue.approve",),
        COUNTS: ("api.metrics_summary",),
        ADMINISTERS: (
            "admin.people",
            "admin.create_person",
            "admin.issue_token",
            "admin.revoke_tokens",
            "admin.change_roles",
            "admin.reset_password",
            "admin.deactivate_person",
            "admin.activate_person",
            "admin.jobs",
            "admin.retry",
        ),
    }
)


def _table() -> dict[str, Access]:
    table = dict.fromkeys(_PUBLIC, Access(None))
    for allowed, endpoints in _ENDPOINTS.items():
        table.update(dict.fromkeys(endpoints, Access(allowed)))
    return table


ACCESS: Mapping[str, Access] = MappingProxyType(_table())


def sees_all(actor: Actor) -> bool:
    """Whether the actor sees documents that others uploaded."""
    return actor.has(*SEES_ALL)


def require_visible(document: Document, actor: Actor) -> Document:
    """The document, if the actor may know of it; NotFoundError as if it didn't exist otherwise."""
    if sees_all(actor) or document.uploaded_by == actor.id:
        return document
    raise NotFoundError("There is no such document.")
