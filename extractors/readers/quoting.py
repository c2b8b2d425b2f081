"""What the writer of an e-mail wrote, apart from what an answer quotes of earlier messages.

A forwarded message is what it is about, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_ANSWER = re.compile(
    r"^\s*(?:\[[^\]]*\]\s*)?(?:re|aw|antw|antwort|sv|vs|odp|rif|ri|réf|rép|ref|resp|r)\s*(?:\[\d+\]|\(\d+\))?\s?:",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\s*>")
_RULED_OFF = re.compile(
    r"^\s*(?:-{2,}|_{2,})\s*(?:original (?:message|appointment)|ursprüngliche nachricht|originalnachricht|"
    r"message d['’]origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|"
    r"wiadomość oryginalna|mensagem original|ursprungligt meddelande)\s*(?:-{2,}|_{2,})?\s*$",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"(?:wrote|schrieb(?:\s.{1,60})?|a écrit|escribió|ha scritto|schreef(?:\s.{1,60})?|napisał\(?a?\)?|escreveu|skrev"
    r"(?:\s.{1,60})?)\s?:\s*$",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d{1,2}[.:/h]\d{2}|\b20\d{2}\b")
_HEADING = re.compile(
    r"^\s*\*?(?:from|von|de|da|van|od|från|sent|gesendet|date|datum|envoyé|enviado|inviato|data|verzonden|wysłano|skickat|"
    r"to|an|à|para|a|aan|do|till|subject|betreff|objet|asunto|oggetto|onderwerp|temat|assunto|ämne|cc)\*?\s?:\*?\s+\S",
    re.IGNORECASE,
)
_FEWEST_IN_HEADING = 3  # lines, of sender, day, receiver and subject


def is_answer(subject: str) -> bool:
    """Whether a subject says that the message answers another."""
    return bool(_ANSWER.match(subject))


def own_lines(subject: str, lines: Sequence[str]) -> Iterator[str]:
    """The lines without what they quote: those behind a mark, and in an answer all from where the earlier message is
    set in as a whole.
    """
    answer = is_answer(subject)
    for number, line in enumerate(lines):
        if answer and (_RULED_OFF.match(line) or _is_heading(lines, number)):
            return
        if not _QUOTED.match(line) and not _introduces(lines, number):
            yield line


def _introduces(lines: Sequence[str], number: int) -> bool:
    """Whether a line only says who wrote what is quoted below: "On 3 May 2026, Eva wrote:"."""
    return bool(_WROTE.search(lines[number]) and _DATED.search(lines[number]))


def _is_heading(lines: Sequence[str], number: int) -> bool:
    """Whether the heading of an earlier message begins here, as office programs set it in."""
    return all(_HEADING.match(line) for line in lines[number : number + _FEWEST_IN_HEADING]) and (
        number + _FEWEST_IN_HEADING <= len(lines)
    )
