"""Finds postal addresses: from a line with a postcode upwards to the name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.labels import lexicon, squeeze
from extractors.layout.lines import Segment, TextLine
from extractors.parse.towns import AMERICAN_TOWN, is_country
from service.domain.geometry import Box, union_of

_CITY = r"[^\W\d_][^\W\d_.'’-]+"
_POSTCODE = re.compile(
    rf"(?:^|[,|•●·]\s*|\s)(?:"
    rf"(?:[A-Z]{{1,3}}[-\s])?\d{{4,5}}\s+(?:[A-Z]\s)?{_CITY}"  # 12345 Stadt, F-75001 Paris, DE 80333 München
    rf"|(?:[A-Z]{{2}}[-\s])?\d{{4}}\s?[A-Z]{{2}}\s+{_CITY}"  # 1234 AB Amsterdam
    rf"|(?:[A-Z]{{1,2}}[-\s])?\d{{3}}\s\d{{2}}\s+{_CITY}"  # 123 45 Stockholm, 110 00 Praha
    rf"|\d{{2}}-\d{{3}}\s+{_CITY}|\d{{4}}-\d{{3}}\s+{_CITY}"  # 00-950 Warszawa, 1200-109 Lisboa
    rf"|\d{{6}}\s+{_CITY}$"  # 400001 Mumbai
    rf")"
    rf"|{AMERICAN_TOWN}"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"  # SW1B 3BN
    r"|\b[A-Z]\d[A-Z]\s\d[A-Z]\d\b"  # K1A 0B1
    r"|\b[A-Z]\d[\dW]\s?[A-Z][A-Z\d]{3}\b"  # H91 E2K4
    rf"|^(?=[^\W\d_]{{4}}){_CITY}(?:\s{_CITY})?,?\s+(?:[A-Z]{{2,3}}\s+)?\d{{4,6}}$"  # Sydney NSW 2000, Mumbai 400001
    rf"|^(?=[^\W\d_]{{4}}){_CITY}(?:\s{_CITY})?,?\s[-–]?\s?\d{{6}},\s{_CITY}(?:\s{_CITY})?$"  # Pune 411026, Maharashtra
)
_SEPARATORS = re.compile(r"\s[|•●·*–—-]\s|[•●·|]")
_POSTCODE_FIRST = re.compile(r"(?:[A-Z]{1,3}[-\s])?\d{4,5}\s")
_COMMAS = re.compile(r",\s")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_STREET = re.compile(
    r"^(?:pol\.|pol[ií]gono|c/|calle|avda?\.?|avenida|plaza|paseo|ctra\.?|carretera|cam[ií]|camino|via|viale|corso|piazza|"
    r"strada|vicolo|rua|travessa|estrada|rue|avenue|boulevard|bd|chemin|route|quai|impasse|all[ée]e|zi|zac|za|zona|ul\.|"
    r"al\.|os\.|box|p\.?o\.? box|postfach|unit|suite|gewerbe\w+|industrie\w+)(?=\s)",
    re.IGNORECASE,
)
# What stands above a street as a part of its address.
_BUILDING = re.compile(
    r"^(?:c/o|b[âa]t(?:iment|\.)?|immeuble|r[ée]sidence|lieu[- ]dit|haus|geb(?:äude|\.)|hof|tor|halle|edificio|edif\.|"
    r"nave|parcela|planta|piso|local|loc(?:alit[àa]|\.)|fraz(?:ione|\.)|parc|centre|le|la|les|technopark|place)(?=\s)",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"@|www\.|https?:|\b(?:t[eé]l|telef?|telefo\w+|t[eé]l[eé]phone|tfno|tlf|ph|fon|fax|phone|puh|mobil\w*|m[oó]vil|gsm)\b",
    re.IGNORECASE,
)
_TELEPHONE = re.compile(r"\+\d|^[\d\s()/.-]{7,}$")
_STEP = 2.0  # of the height; the widest gap between two lines of an address
_WIDE_STEP = 3.6  # where the lines of an address stand far apart
_MOST_LINES = 6
WINDOW_TOP, WINDOW_BOTTOM = 0.09, 0.36  # shares of the page's height
_MOST_NAME_LINES = 3
_SAME_SIZE = 0.4  # points
_LARGER = 1.1  # of the usual size, for a name that nothing follows
_ALIGNED = 5.0  # points
_STOPPERS = (
    "seller", "buyer", "other_party", "other_reference", "invoice_number", "issue_date", "due_date", "seller_vat_id",
    "buyer_vat_id", "any_vat_id", "any_reference", "buyer_reference", "order_reference",
)  # fmt: skip
# What a line that holds the name may be called, and the other lines of an address, as on Italy's electronic invoices.
NAME_WORDS = (
    r"denominazione|ragione sociale|(?:company |business )?name|firma|nom|raison sociale|raz[oó]n social|nombre|naam|"
    r"nazwa|namn|nome|designação social|navn|nimi|název|názov|név|denumire"
)
_PART_LABEL = re.compile(
    rf"(?:{NAME_WORDS}|indirizzo|comune|cap|address|adresse|anschrift|stra(?:ß|ss)e|ort|plz|direcci[oó]n|domicilio|"
    r"adres|endere[cç]o|morada|adress|localit[àe]|ville|city|town)\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_ATTENTION = re.compile(
    r"(?:c/o|z\.? ?hd\.?|zu h[äa]nden|att(?:n|ention)?|fao|t\.?a\.?v|[àa] l['’]attention|(?:a la )?att?enci[oó]n|"
    r"all['’]attenzione|c\.a|a/c|contact|kontakt)\b",
    re.IGNORECASE,
)
# The department that a customer has its invoices sent to.
_PAYABLES = re.compile(
    r"(?:accounts payable|faktura(?:mott?ak|modtag\w*|mottagning)|crediteuren\w*|"
    r"(?:kreditoren|rechnungs?|finanz)\w*(?:buchhaltung|prüfung|eingang)|cuentas a pagar|contas a pagar|"
    r"comptabilit[ée] fournisseurs|service comptabilit[ée]|ufficio fornitori)$",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"[^\W\d_][^:]{1,40}:(?:\s.*)?")


@dataclass(frozen=True, slots=True)
class Address:
    """The lines of an address from the name down to the postcode; ``sender`` where it is one line with separators."""

    segments: tuple[Segment, ...]
    sender: bool = False

    @property
    def box(self) -> Box:
        """Around all its lines."""
        return union_of(s.box for s in self.segments)

    @property
    def page(self) -> int:
        """1-based."""
        return self.segments[0].page


def has_postcode(text: str) -> bool:
    """Whether a postcode and a town stand in ``text``."""
    return _POSTCODE.search(text) is not None


def names_a_reader(address: Address) -> bool:
    """Whether a line below the name says who is to have the letter, as only a recipient's address does."""
    return any(_ATTENTION.match(s.text) or _PAYABLES.match(s.text) for s in address.segments[1:-1])


def is_sender_line(segment: Segment) -> bool:
    """Whether it is an address in one line, parted by dots or strokes, as printed above an address window."""
    if not has_postcode(segment.text):
        return False
    return len(_SEPARATORS.findall(segment.text)) >= 2 or _is_comma_list(segment.text)


def _is_comma_list(text: str) -> bool:
    """Name, street with a number, town: parted by commas in one line."""
    parts = _COMMAS.split(text)
    return len(parts) >= 3 and not _DIGIT.search(parts[0]) and bool(_DIGIT.search(parts[1])) and len(parts[1]) > 5


def _split(text: str) -> list[str]:
    """The parts of an address in one line; the whole where it has no separators."""
    return [part.strip() for part in (_SEPARATORS if _SEPARATORS.search(text) else _COMMAS).split(text)]


@lru_cache(maxsize=16)
def find_addresses(reading: Reading) -> tuple[Address, ...]:
    """All addresses of the document, in the order of their last lines."""
    found = []
    for line in reading.layout.lines:
        if is_sender_line_of(line):
            found.append(Address(line.segments, sender=True))
            continue
        for segment in line.segments:
            if is_sender_line(segment) and not begins_with_street(segment.text):
                found.append(Address((segment,), sender=True))
            elif has_postcode(segment.text) and not (_is_figures(reading, segment) or _is_street(reading, segment)):
                found.append(Address(_upwards(reading, segment)))
    return tuple(found)


def _is_street(reading: Reading, segment: Segment) -> bool:
    """Whether what looks like a postcode is a house number, as in "7220 W Lake Street": the town stands below it."""
    below = (s for line in reading.lines_below(segment, _STEP * segment.size) for s in line.segments)
    return any(
        _is_above_town(segment, town) and not reading.hits(town) for town in below if _aligned(segment.box, town.box)
    )


def _is_above_town(street: Segment, town: Segment) -> bool:
    return street.text[0].isdigit() and not town.text[0].isdigit() and has_postcode(town.text)


def is_sender_line_of(line: TextLine) -> bool:
    """Whether the whole line is a sender's, its separators being runs of their own."""
    lone = sum(1 for s in line.segments if s.text in "|•●·-–—*")
    return lone >= 2 and has_postcode(line.text)


def _is_figures(reading: Reading, segment: Segment) -> bool:
    """Whether a figure with a label or a date only looks like a postcode with a town."""
    hits = reading.hits(segment)
    if hits and hits[0].start == 0 and any(hits[0].weight(name) for name in _STOPPERS):
        return True
    return bool(reading.spans(segment, SpanType.DATE)) or any(
        s.looks_like_money for s in reading.spans(segment, SpanType.AMOUNT)
    )


def _upwards(reading: Reading, last: Segment) -> tuple[Segment, ...]:
    stack = _stack(reading, last, _STEP)
    stack = stack if len(stack) > 1 else _stack(reading, last, _WIDE_STEP)
    below = (s for line in reading.lines_below(last, _STEP * last.size) for s in line.segments)
    country = next((s for s in below if is_country(s.text) and _aligned(last.box, s.box)), None)
    return stack if country is None else (*stack, country)


def _stack(reading: Reading, last: Segment, step: float) -> tuple[Segment, ...]:
    stack = [last]
    while len(stack) < _MOST_LINES:
        above = _above(reading, stack[-1], step)
        if above is None or (_stops(reading, above, stack[-1]) and not _is_above_town(above, last)):
            break
        stack.append(above)
    return tuple(reversed(stack))


def _above(reading: Reading, segment: Segment, step: float) -> Segment | None:
    """The aligned segment next above, if at most ``step`` heights away."""
    for line in reversed(reading.layout.lines[max(0, segment.line - 5) : segment.line]):
        if line.page != segment.page:
            return None
        for other in line.segments:
            gap = segment.box.top - other.box.bottom
            if _aligned(segment.box, other.box) and gap <= step * min(segment.size, other.size):
                return other
    return None


def _aligned(a: Box, b: Box) -> bool:
    return min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.x_mid - b.x_mid)) <= _ALIGNED and a.x_overlap(b) > 0


def _stops(reading: Reading, segment: Segment, below: Segment) -> bool:
    """Whether a line above an address is no part of it: a label, a sender's line, an identifier, another town."""
    if has_postcode(segment.text) or is_sender_line_of(reading.line_of(segment)) or _is_title(segment.text):
        return True
    if any(reading.spans(segment, t) for t in (SpanType.EMAIL, SpanType.VAT_ID, SpanType.IBAN, SpanType.DATE)):
        return True
    if any(sign.match(segment.text) for sign in (_PART_LABEL, _ATTENTION)):
        return False
    if _CAPTION.fullmatch(segment.text) and not _PART_LABEL.match(below.text):
        return True
    return is_label(reading, segment, _STOPPERS) or _has_money_beside(reading, segment)


def _has_money_beside(reading: Reading, segment: Segment) -> bool:
    """Whether a line of a table goes on with amounts, as no line of an address does."""
    others = (s for s in reading.line_of(segment).segments if s is not segment)
    return sum(any(a.looks_like_money for a in reading.spans(s, SpanType.AMOUNT)) for s in others) > 1


def _is_title(text: str) -> bool:
    """Whether a text is a kind's title and no more."""
    return squeeze(text) in lexicon().kinds


def is_label(reading: Reading, segment: Segment, names: Sequence[str]) -> bool:
    """Whether a segment is a label of one of ``names``: nothing, a figure or a colon follows."""
    hits = reading.hits(segment)
    if not hits or hits[0].start > 0 or not any(hits[0].weight(name) == 1.0 for name in names):
        return False
    rest = segment.text[hits[0].end :].strip(" .")
    for hit in hits[1:]:
        rest = rest.replace(hit.text, "")
    return rest.startswith(":") or not _LETTER.search(rest)


def blocks_in_window(reading: Reading) -> tuple[Address, ...]:
    """Blocks without a postcode that stand where an address does and begin with a company: those of towns that write
    none, and of countries whose postcodes have another form.
    """
    found = []
    for block in reading.layout.blocks:
        segments = block.segments[:_MOST_LINES]
        page = reading.layout.pages[block.page - 1]
        inside = block.page == 1 and WINDOW_TOP <= segments[0].box.top / page.size.height <= WINDOW_BOTTOM
        plain = 2 <= len(block.segments) <= _MOST_LINES and not any(reading.hits(s) for s in segments[1:])
        if inside and plain and has_legal_form(segments[0].text) and not any(has_postcode(s.text) for s in segments):
            found.append(Address(tuple(segments)))
    return tuple(found)


def first_part(address: Address) -> str:
    """The name in a sender's line: what stands before its first separator."""
    text = " ".join(segment.text for segment in address.segments)
    return _split(text)[0]


def name_and_rest_boxes(address: Address) -> tuple[Box, Box]:
    """Around the name, and around the street and town; both the whole where only one of them is there."""
    if not address.sender:
        below = address.segments[len(name_lines(address.segments)) :] or address.segments
        return union_of(s.box for s in name_lines(address.segments)), union_of(s.box for s in below)
    words = [word for segment in address.segments for word in segment.words]
    cut = len(first_part(address).split())
    rest = [word for word in words[cut:] if any(c.isalnum() for c in word.text)] or words
    return union_of(w.box for w in words[:cut] or words), union_of(w.box for w in rest)


def address_parts(address: Address) -> tuple[str, ...]:
    """The address without the name: street, postcode, town and country, each a part; what follows them is left out."""
    if address.sender:
        parts = _split(" ".join(segment.text for segment in address.segments))
        parts = parts if begins_with_street(parts[0]) else parts[1:]
        while len(parts) > 1 and is_legal_form(parts[0]):
            parts = parts[1:]
    else:
        first = address.segments[0].text
        rest = address.segments[0 if begins_with_street(first) else len(name_lines(address.segments)) :]
        texts = [_PART_LABEL.sub("", s.text) for s in rest if not _is_remark(s.text)]
        parts = [p for text in texts for p in (_SEPARATORS.split(text) if _SEPARATORS.search(text) else [text])]
    kept = [part.strip() for part in parts if not (CONTACT.search(part) or _TELEPHONE.search(part))]
    towns = [number for number, part in enumerate(kept) if has_postcode(part)]
    if not towns:
        return tuple(kept)
    end = towns[-1] + 1
    end += end < len(kept) and is_country(kept[end])
    return tuple(kept[_beginning(kept, towns[-1]) : end])


def _is_remark(text: str) -> bool:
    """Whether a line among those of an address says something else of the company, as its tax regime."""
    return _CAPTION.fullmatch(text) is not None and not _PART_LABEL.match(text)


def _beginning(parts: Sequence[str], town: int) -> int:
    """Where the address begins above the ``town``: a sender's trade or branch may stand above a street of its own."""
    street = town - 1
    if street < 1 or not _POSTCODE_FIRST.match(parts[town]):
        return 0
    above = parts[street - 1]
    is_street = bool(_DIGIT.search(parts[street]) or _STREET.match(parts[street]))
    belongs = any(sign.search(above) for sign in (_DIGIT, _STREET, _BUILDING))
    return street if is_street and not belongs else 0


def address_text(address: Address) -> str:
    """The address without the name, one part a line."""
    return "\n".join(address_parts(address))


def begins_with_street(text: str) -> bool:
    """Whether a text begins with a street: its word, or a house number, and no company's name."""
    first = _split(text)[0]
    return bool(_STREET.match(first) or _DIGIT.search(first)) and not has_legal_form(first)


def name_lines(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The first line of an address, and those that go on with the name: to a legal form, or in the same strong type."""
    if len(segments) < 2:
        return tuple(segments[:1])
    first = segments[0]
    for count in range(2, 1 + min(len(segments), _MOST_NAME_LINES)):
        lines = segments[:count]
        if (
            has_postcode(lines[-1].text)
            or _ATTENTION.match(lines[-1].text)
            or (count > 2 and _DIGIT.search(lines[-1].text))
        ):
            break
        if is_salutation(first.text) and count == 2:
            return tuple(lines)
        if has_legal_form(lines[-1].text) and not any(has_legal_form(s.text) for s in lines[:-1]):
            return tuple(lines)
        if is_legal_form(lines[-1].text):
            return tuple(lines)
    return lines_in_strong_type(segments, min(s.size for s in segments)) or (first,)


def lines_in_strong_type(segments: Sequence[Segment], usual_size: float) -> tuple[Segment, ...]:
    """The first lines where they are all bold or larger than what follows, and than the usual size; else none."""
    first = segments[0]
    count = next((i for i, s in enumerate(segments) if not _of_one_type(first, s)), len(segments))
    if count > _MOST_NAME_LINES or any(_DIGIT.search(s.text) for s in segments[1:count]):
        return ()
    weaker = segments[count] if count < len(segments) else None
    is_larger = first.size > (weaker.size if weaker else usual_size * _LARGER) + _SAME_SIZE
    return tuple(segments[:count]) if is_larger or (weaker is not None and first.bold > weaker.bold) else ()


def _of_one_type(a: Segment, b: Segment) -> bool:
    return a.bold == b.bold and abs(a.size - b.size) < _SAME_SIZE


_LEGAL_FORM = re.compile(
    r"(?<![^\W\d_])(?:GmbH|gGmbH|mbH|AG|(?<!\d)(?<!\d\s)KG|KGaA|OHG|oHG|GbR|UG|e\.\s?K\.?|e\.\s?V\.?|eG|SE|a\.\s?G\.?|VVaG|Inc\.?|LLC|LLP|"
    r"Ltd\.?|LTD\.?|Limited|PLC|plc|Corp\.?|Corporation|Co\.|Company|S\.?A\.?|S\.?A\.?S\.?|SARL|S\.à\.?\s?r\.?l\.?|EURL|"
    r"SASU|S\.?L\.?U?\.?|S\.?r\.?l\.?|S\.?R\.?L\.?|S\.?p\.?A\.?|B\.?V\.?|N\.?V\.?|V\.?O\.?F\.?|A/S|ApS|I/S|K/S|P/S|IVS|A\.?m\.?b\.?a\.?|AB|AS|ASA|Oy|Oyj|Ky|Tmi|ANS|"
    r"Sp\.\s?z\s?o\.\s?o\.?|sp\.\s?z\s?o\.\s?o\.?|s\.\s?r\.\s?o\.?|a\.\s?s\.|v\.\s?o\.\s?s\.|k\.\s?s\.|Kft\.?|Bt\.|Nyrt\.?|Zrt\.?|d\.\s?o\.\s?o\.?|Lda\.?|Pty|Pvt|"
    r"srl|Aktiebolag|Handelsbolag|Unipessoal|Ltda\.?|LTDA\.?|GMBH|LIMITED|LDA\.?|P/L|PTY|INC\.?|CORP\.?|BVBA|SPRL|OG|DAC|CLG|HB|KB|Sp\.\s?k\.|Sp\.\s?j\.|S\.?n\.?c\.?|S\.?a\.?s\.?|GesmbH|Ges\.m\.b\.H\.?|"
    r"S\.?A\.?U\.?|S\.?L\.?[LP]\.?|S\.\s?Coop\.?|S\.?C\.?C\.?L\.?|C\.B\.|SELARL|EIRL|SCOP|SNC|SCI|GIE|PartG(?:mbB)?|eGbR|e\.U\.|Pte\.?|Bhd\.?|PLLC|spol\.)(?![^\W\d_])"
)
_SALUTATION = re.compile(
    r"^(?:Company|Herrn?|Frau|Firma|Fa\.|An|An die|An den|Mr\.?|Mrs\.?|Ms\.?|M\.|Mme|Monsieur|Madame|Sr\.?|Sra\.?|"
    r"Sig\.?|Familie|Eheleute|To|Spett\.?(?:le)?)$"
)


def has_legal_form(text: str) -> bool:
    """Whether a company's legal form stands in ``text``."""
    return _LEGAL_FORM.search(text) is not None


def is_legal_form(text: str) -> bool:
    """Whether ``text`` is a legal form and no more."""
    return _LEGAL_FORM.fullmatch(text.strip()) is not None


def end_of_legal_form(text: str) -> int | None:
    """Where the first legal form in ``text`` ends; None where there is none."""
    match = _LEGAL_FORM.search(text)
    return None if match is None else match.end()


def is_salutation(text: str) -> bool:
    """Whether ``text`` is only a form of address, such as "Herrn" or "Firma"."""
    return _SALUTATION.match(text.strip()) is not None
