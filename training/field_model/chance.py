"""Random words, names, addresses and numbers in the shapes that papers show."""

from __future__ import annotations

import re
from random import Random

_SYLLABLES = (
    "ba be bo bra bri ca co cor da de do dra el en fa fe flo ga ge gra ha he hol in ja jo ka kel ko la le li lo lu ma "
    "me mi mo na ne ni no or pa pe po pri ra re ri ro sa se si so sta ta te ti to tra ul va ve vi vo wa we win xa ya "
    "zo zen"
).split()
_FIRST = (
    "Anna Jan Peter Marie Luis Carmen Paul Emma Thomas Sofia Marco Giulia Pierre Claire Jürgen Heike Lars Ingrid "
    "Tomasz Agnieszka João Beatriz John Sarah David Olivia Michael Laura Hans Petra Pablo Lucía Émile Camille "
    "Niels Anke"
).split()
_LAST = (
    "Müller Schmidt Weber Novak Kowalski Garcia Lopez Martin Dubois Leroy Rossi Bianchi Jansen Bakker Silva Santos "
    "Andersson Nilsson Smith Jones Brown Taylor Walsh Becker Hoffmann Moreno Navarro Laurent Fontaine Conti Ferrari "
    "Vries Visser Costa Lindberg Ward"
).split()
_TRADES = (
    "Trading Supplies Handel Technik Foods Garden Tools Logistics Services Elektro Systems Papier Solutions Group "
    "Textil Möbel Design Bau Distribution Industries Market Import Werkzeuge Print Media Consulting Outdoor Sport "
    "Kitchen Medical Solar Holding Moda Ferramenta Alimentos Fournitures"
).split()
_LEGAL = (
    "GmbH|AG|KG|GmbH & Co. KG|e.K.|Ltd|Limited|Inc.|LLC|S.L.|S.A.|SARL|SAS|S.r.l.|S.p.A.|B.V.|Sp. z o.o.|Lda|AB|ApS|Oy|"
    "plc|UG (haftungsbeschränkt)|Corp.|Pty Ltd|SE|s.r.o.|A/S|AS"
).split("|")
# {w} a word, {n} a house's number, {dN} N figures, {LN} N capitals
_STREETS = (
    "{w}straße {n}|{w} Street {n}|{n} {w} Road|rue {w} {n}|{n}, rue de {w}|Calle {w} {n}|Via {w} {n}|{w}weg {n}|"
    "{w}laan {n}|ul. {w} {n}|Rua {w} {n}|{w}gatan {n}|{n} {w} Ave|{w}platz {n}|Av. {w}, {n}|{w}gasse {n}|"
    "{n} High Street|Industriestr. {n}"
).split("|")
_TOWNS = (
    "{d5} {w}|D-{d5} {w}|{d4} {w}|{d4} {L2} {w}|{w} {L2}{d1} {d1}{L2}|{w}, {L2} {d5}|{d2}-{d3} {w}|{d3} {d2} {w}|"
    "F-{d5} {w}|{d5} {w} ({L2})"
).split("|")
_COUNTRIES = (
    "Germany Deutschland France España Italia Nederland Austria Österreich Schweiz Polska Portugal Sverige Ireland UK "
    "USA Belgium"
).split()
_TAX_IDS = (
    "DE{d9}|ATU{d8}|FR{d2}{d9}|NL{d9}B0{d1}|ES{L1}{d8}|IT{d11}|GB{d9}|GB {d3} {d4} {d2}|PL{d10}|SE{d10}01|PT{d9}|"
    "CHE-{d3}.{d3}.{d3} MWST|BE0{d9}"
).split("|")
_ACCOUNTS = {"DE": "{d18}", "AT": "{d16}", "FR": "{d23}", "NL": "ABNA{d10}", "ES": "{d20}", "IT": "X{d22}",
             "GB": "BARC{d14}", "PL": "{d24}", "BE": "{d12}"}  # fmt: skip
_NUMBERS = (
    ("{d4}", 5), ("{d6}", 12), ("{d8}", 8), ("{d10}", 5), ("{L2}-{d4}", 5), ("{L2}{d5}", 5), ("{L1}/{d5}", 4),
    ("{L3} {d4}", 3), ("{L3}-{d6}", 3), ("{L2}-20{y}-{d4}", 6), ("{L2}/20{y}/{d5}", 6), ("{L1}-{y}-{d4}", 6),
    ("20{y}-{d4}", 4), ("20{y}/{d5}", 4), ("{y}.{d4}", 4), ("{d4}/20{y}", 4), ("{d5}-{y}", 4), ("{L2}20{y}{d4}", 6),
    ("{d3}-{d7}-{d7}", 6),
)  # fmt: skip
_PLACE = re.compile(r"\{([dLwny])(\d*)\}")
_CAPITALS = "ABCDEFGHIKLMNOPRSTVWX"


class Chance(Random):
    """A source of randomness that knows words."""

    def yes(self, share: float) -> bool:
        """True in so many of all cases."""
        return self.random() < share

    def word(self, syllables: int | None = None) -> str:
        """A word that means nothing, with a capital."""
        count = syllables or self.choice((1, 2, 2, 2, 3))
        return "".join(self.choice(_SYLLABLES) for _ in range(count)).capitalize()

    def words(self, count: int) -> str:
        """A phrase that means nothing."""
        return " ".join([self.word(), *(self.word().lower() for _ in range(count - 1))])

    def shaped(self, shape: str) -> str:
        """``shape`` with what its places in braces stand for."""
        word = self.word(self.choice((2, 2, 3)))

        def fill(match: re.Match[str]) -> str:
            what, count = match.group(1), int(match.group(2) or 0)
            if what == "d":
                return str(self.randint(1, 9)) + "".join(self.choice("0123456789") for _ in range(count - 1))
            if what == "L":
                return "".join(self.choice(_CAPITALS) for _ in range(count))
            numbered = f"{self.randint(1, 240)}{self.choice(['', '', '', 'a', '-3'])}"
            return {"w": word, "n": numbered, "y": self.choice(("24", "25", "26"))}[what]

        return _PLACE.sub(fill, shape)

    def company(self) -> str:
        """A firm's name, most often with its legal form."""
        base = self.choice(
            (
                self.word(),
                f"{self.word()} {self.choice(_TRADES)}",
                f"{self.choice(_LAST)} {self.choice('&')} {self.choice(_LAST)}",
                f"{self.choice(_LAST)} {self.choice(_TRADES)}",
                f"{self.word()} {self.word()} {self.choice(_TRADES)}",
            )
        )
        base = base.upper() if self.yes(0.1) else base
        return base if self.yes(0.2) else f"{base}{self.choice((' ', ' ', ' ', ', '))}{self.choice(_LEGAL)}"

    def person(self) -> str:
        """First and last name."""
        first = self.choice(_FIRST) if self.yes(0.6) else self.word(2)
        last = self.choice(_LAST) if self.yes(0.5) else self.word(3)
        if self.yes(0.06):
            return f"{last}, {first}"
        return f"{first} {self.choice('ABCDEJKLM')}. {last}" if self.yes(0.06) else f"{first} {last}"

    def address(self) -> list[str]:
        """Street and town, sometimes the country."""
        country = [self.choice(_COUNTRIES)] if self.yes(0.3) else []
        return [self.shaped(self.choice(_STREETS)), self.shaped(self.choice(_TOWNS)), *country]

    def number(self) -> str:
        """What names an invoice, an order, a delivery."""
        shapes, weights = zip(*_NUMBERS, strict=True)
        return self.shaped(self.choices(shapes, weights)[0])

    def email(self) -> str:
        """A mail address."""
        end = self.choice(("com", "de", "example", "fr", "es", "eu"))
        return f"{self.word()}{self.choice(('.', '', '_'))}{self.word()}@{self.word()}.{end}".lower()

    def phone(self) -> str:
        """A telephone number."""
        return self.shaped(
            f"{self.choice(('+', '0', '00'))}{{d2}} {{d3}}{self.choice(' -/')}{{d{self.choice((4, 6, 7))}}}"
        )

    def tax_id(self) -> str:
        """A VAT id of a country's shape; its check digits are chance."""
        return self.shaped(self.choice(_TAX_IDS))

    def iban(self) -> str:
        """An account with right check digits."""
        country = self.choice(sorted(_ACCOUNTS))
        body = self.shaped(_ACCOUNTS[country])
        check = 98 - int("".join(str(int(c, 36)) for c in f"{body}{country}00")) % 97
        whole = f"{country}{check:02d}{body}"
        return whole if self.yes(0.3) else " ".join(whole[i : i + 4] for i in range(0, len(whole), 4))
