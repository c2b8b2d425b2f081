"""The head of a printed mail: what stands behind "Subject" and "Sent", or above the head as its title."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.choose.forms.people import mailbox
from extractors.choose.hits import find_hits
from extractors.choose.reading import Reading
from extractors.choose.spans import Span, SpanType
from extractors.layout.lines import Segment

_HEAD, _ABOVE = 14, 3  # lines of the head, and above it
_NAME = 2  # words of a name, which a shorter text may be
_BEHIND = re.compile(r"\s*:\s*")
_CLOCK = re.compile(
    r"(?<![\d.:])(?P<hour>[01]?\d|2[0-3])[:h.](?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:.])(?:\s?(?P<half>[AaPp])\.?[Mm]\b)?"
)


def head_subject(reading: Reading) -> Segment | None:
    """What the head gives as the subject, else the title that stands right above the head."""
    given = next(_entries(reading, "subject"), None)
    return given if given is not None else _title(reading)


def head_sent(reading: Reading) -> tuple[Span, str | None] | None:
    """The day on which the head says that the mail was sent, and the time of day as HH:MM where it gives one."""
    for entry in _entries(reading, "sent"):
        for day in reading.spans(entry, SpanType.DATE):
            return day, time_of_day(entry.text[day.end :])
    return None


def time_of_day(text: str) -> str | None:
    """The first time of day in a text as HH:MM; None where there is none."""
    match = _CLOCK.search(text)
    if match is None:
        return None
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    return f"{hour:02}:{match['minute']}"


def _entries(reading: Reading, name: str) -> Iterator[Segment]:
    """What stands behind labels of that name in the head's lines: behind a colon, or in a column of their own."""
    table = reading.vocabulary.lexicon.table("mail")
    for line in reading.layout.lines[:_HEAD]:
        first = line.segments[0]
        hits = [hit for hit in find_hits(first, table) if hit.start == 0 and hit.weight(name)]
        whole = Segment(tuple(word for segment in line.segments for word in segment.words), line.number)
        colon = _BEHIND.match(whole.text, hits[0].end) if hits else None
        is_alone = bool(hits) and not first.text[hits[0].end :].strip(" :") and len(line.segments) > 1
        if hits and (colon is not None or is_alone):
            start = colon.end() if colon is not None else hits[0].end + 1
            if start < len(whole.text):
                yield whole.part(whole.word_range(start, start + 1)[0], len(whole.words))


def _title(reading: Reading) -> Segment | None:
    """The nearest text of several words above the line of the writer's address of mail, printed larger or bold."""
    written = mailbox(reading)
    first = written[1].line if written is not None else 0
    for line in reversed(reading.layout.lines[max(0, first - _ABOVE) : first]):
        above = line.segments[0]
        stands_out = above.bold or above.size > reading.usual_size
        if stands_out and len(above.words) > _NAME and "@" not in line.text:
            return above
    return None
