"""Parses XML that a stranger sent: no document type, no entities, no network, no depth or size without an end."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

MOST_BYTES = 20 * 1024 * 1024
_MOST_ELEMENTS = 300_000
_DEEPEST = 60
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class XmlRefusedError(ValueError):
    """The XML can't or mustn't be read; the message is a sentence that a person can act on."""


@dataclass(frozen=True, slots=True)
class XmlDocument:
    """A parsed document whose tags are local names; ``namespace`` is that of its root."""

    root: Element
    namespace: str


def parse_xml(content: bytes) -> XmlDocument:
    """The document; XmlRefusedError where it is too large, nested too deeply, defines a document type or entities,
    or is no well-formed XML in the encoding that it names.
    """
    if len(content) > MOST_BYTES:
        raise XmlRefusedError(f"The XML is larger than {MOST_BYTES // (1024 * 1024)} MB; no invoice is.")
    builder = _LocalNames()
    parser = DefusedXMLParser(target=builder, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(content if content.startswith(_UTF_16_MARKS) else content.lstrip())
        root = parser.close()
    except DefusedXmlException as error:
        raise XmlRefusedError("The XML defines a document type or entities, which no e-invoice may.") from error
    except (ParseError, LookupError, ValueError) as error:
        if isinstance(error, XmlRefusedError):
            raise
        raise XmlRefusedError(f"The XML is not well-formed ({error}); ask for it anew.") from error
    return XmlDocument(root, builder.namespace)


class _LocalNames(TreeBuilder):
    """Builds the tree with local names, and stops where it grows beyond every invoice."""

    def __init__(self) -> None:
        super().__init__()
        self.namespace = ""
        self._depth = 0
        self._count = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Open an element."""
        namespace, _, name = tag.rpartition("}")
        if self._count == 0:
            self.namespace = namespace.lstrip("{")
        self._depth += 1
        self._count += 1
        if self._depth > _DEEPEST or self._count > _MOST_ELEMENTS:
            raise XmlRefusedError("The XML is nested more deeply or has more elements than any invoice.")
        return super().start(name, attrs)

    def end(self, tag: str, /) -> Element:
        """Close it."""
        self._depth -= 1
        return super().end(tag.rpartition("}")[2])
