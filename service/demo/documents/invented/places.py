"""Names, streets, towns and tax rates by language and country, out of which firms and people are invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Place:
    """One country as seen by one language. ``vat_pattern`` and ``iban_pattern``: # a digit, @ a capital letter, the
    rest as it stands; ``rates`` in percent, the usual one first.
    """

    country: str
    language: str
    currency: str
    rates: tuple[Decimal, ...]
    vat_pattern: str
    iban_pattern: str
    phone_pattern: str
    streets: tuple[str, ...]
    towns: tuple[tuple[str, str], ...]
    forms: tuple[str, ...]


def _rates(text: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(rate) for rate in text.split())


def _towns(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (entry.strip().split(" | ") for entry in text.split(";"))
    return tuple((postcode, city) for postcode, city in pairs)


PLACES = (
    Place("DE", "de", "EUR", _rates("19 7"), "DE#########", "DE__##################", "+49 ### #######",
          ("Mühlenweg {n}", "Industriestraße {n}", "Am Güterbahnhof {n}", "Königsallee {n}", "Gewerbering {n}"),
          _towns("20457 | Hamburg; 80339 | München; 50668 | Köln; 99084 | Erfurt; 28195 | Bremen; 72070 | Tübingen"),
          ("GmbH", "GmbH & Co. KG", "AG", "e.K.")),
    Place("AT", "de", "EUR", _rates("20 10"), "ATU########", "AT__################", "+43 ### ######",
          ("Handelskai {n}", "Grazer Straße {n}", "Schießstattgasse {n}"),
          _towns("1020 | Wien; 8010 | Graz; 5020 | Salzburg; 4020 | Linz"), ("GmbH", "OG")),
    Place("GB", "en", "GBP", _rates("20 0"), "GB#########", "GB__@@@@##############", "+44 #### ######",
          ("{n} Station Road", "Unit {n}, Kingsway Trading Estate", "{n} Mill Lane", "{n} Victoria Street"),
          _towns("LS1 4AP | Leeds; M4 6BF | Manchester; BS2 0QT | Bristol; NE1 3DX | Newcastle; EX4 4RN | Exeter"),
          ("Ltd", "Limited", "LLP", "& Sons Ltd")),
    Place("IE", "en", "EUR", _rates("23 13.5"), "IE#######@", "IE__@@@@##############", "+353 # ### ####",
          ("{n} Harbour Street", "Unit {n}, Ballymount Park", "{n} Main Street"),
          _towns("D12 X4T6 | Dublin; T12 RR84 | Cork; H91 E2K5 | Galway"), ("Ltd", "DAC")),
    Place("US", "en", "USD", _rates("8.25"), "##-#######", "", "(###) ###-####",
          ("{n}5 Commerce Drive", "{n}20 W Lake Street", "{n}8 Old Mill Road", "{n}00 Industrial Pkwy"),
          _towns("IL 60601 | Chicago; OH 43215 | Columbus; TX 75201 | Dallas; OR 97205 | Portland"),
          ("Inc.", "LLC", "Co.")),
    Place("FR", "fr", "EUR", _rates("20 5.5"), "FR###########", "FR__#######################", "+33 # ## ## ## ##",
          ("{n}, rue des Érables", "{n}, avenue de l'Europe", "{n} bis, quai Saint-Michel", "Z.I. des Chênes, lot {n}"),
          _towns("69003 | Lyon; 31000 | Toulouse; 59800 | Lille; 44200 | Nantes; 42000 | Saint-Étienne"),
          ("SARL", "SAS", "SA", "EURL")),
    Place("BE", "fr", "EUR", _rates("21 6"), "BE0#########", "BE__############", "+32 # ### ## ##",
          ("{n}, rue de la Régence", "Chaussée de Louvain {n}"),
          _towns("1000 | Bruxelles; 4000 | Liège; 5000 | Namur"), ("SRL", "SA")),
    Place("ES", "es", "EUR", _rates("21 10"), "ESB########", "ES__####################", "+34 ### ### ###",
          ("Calle Alcalá, {n}", "Avda. de la Constitución, {n}", "Pol. Ind. El Ángel, nave {n}", "Plaza España, {n}"),
          _towns("28014 | Madrid; 08018 | Barcelona; 46023 | València; 41004 | Sevilla; 15003 | A Coruña"),
          ("S.L.", "S.A.", "S.L.U.")),
    Place("NL", "nl", "EUR", _rates("21 9"), "NL#########B##", "NL__@@@@##########", "+31 ## ### ####",
          ("Keizersgracht {n}", "Havenstraat {n}", "Industrieweg {n}", "Koninginneweg {n}"),
          _towns("1015 CJ | Amsterdam; 3011 GA | Rotterdam; 5611 CN | Eindhoven; 9711 KL | Groningen"),
          ("B.V.", "V.O.F.", "N.V.")),
    Place("IT", "it", "EUR", _rates("22 10"), "IT###########", "IT__@######################", "+39 ## #######",
          ("Via Garibaldi, {n}", "Corso Vittorio Emanuele II, {n}", "Viale dell'Industria, {n}"),
          _towns("20121 | Milano; 10128 | Torino; 40122 | Bologna; 37138 | Verona; 74121 | Taranto"),
          ("S.r.l.", "S.p.A.", "S.n.c.")),
)  # fmt: skip

# countries whose papers only the makers' families have
ABROAD = (
    Place("PL", "pl", "PLN", _rates("23 8"), "PL##########", "PL__########################", "+48 ## ### ## ##",
          ("ul. Długa {n}", "ul. Świętojańska {n}", "al. Jana Pawła II {n}", "ul. Żeromskiego {n}/4"),
          _towns("00-950 | Warszawa; 31-042 | Kraków; 80-244 | Gdańsk; 90-001 | Łódź; 61-701 | Poznań"),
          ("Sp. z o.o.", "S.A.", "Sp. j.")),
    Place("PT", "pt", "EUR", _rates("23 6"), "PT#########", "PT__#####################", "+351 ### ### ###",
          ("Rua do Comércio, {n}", "Avenida da Liberdade, {n}", "Zona Industrial, lote {n}", "Travessa da Glória, {n}"),
          _towns("1250-096 | Lisboa; 4000-322 | Porto; 3000-150 | Coimbra; 4700-229 | Braga"), ("Lda.", "S.A.")),
    Place("SE", "sv", "SEK", _rates("25 12"), "SE5#########01", "SE__####################", "+46 ## ### ## ##",
          ("Storgatan {n}", "Östra Hamngatan {n}", "Industrivägen {n}", "Kungsgatan {n} B"),
          _towns("111 22 | Stockholm; 411 09 | Göteborg; 211 34 | Malmö; 753 20 | Uppsala"), ("AB", "HB")),
    Place("CH", "de", "CHF", _rates("8.1 2.6"), "CHE#########", "CH__0############0000", "+41 ## ### ## ##",
          ("Bahnhofstrasse {n}", "Industriestrasse {n}", "Seefeldquai {n}"),
          _towns("8001 | Zürich; 3011 | Bern; 4051 | Basel; 6003 | Luzern; 9000 | St. Gallen"), ("AG", "GmbH")),
    Place("CH", "fr", "CHF", _rates("8.1 2.6"), "CHE#########", "CH__0############0000", "+41 ## ### ## ##",
          ("Rue du Rhône {n}", "Avenue de la Gare {n}", "Chemin des Vignes {n}"),
          _towns("1204 | Genève; 1003 | Lausanne; 2000 | Neuchâtel; 1700 | Fribourg"), ("SA", "Sàrl")),
    Place("IN", "en", "INR", _rates("18 5"), "27@@@C@####@1Z#", "", "+91 ##### #####",
          ("{n} MG Road", "Plot {n}, MIDC Industrial Area", "{n}/2 Linking Road"),
          _towns("400001 | Mumbai; 411001 | Pune; 440010 | Nagpur"), ("Pvt. Ltd.", "LLP", "Ltd.")),
)  # fmt: skip
EVERYWHERE = PLACES + ABROAD

# half of each list stands for fitting, half for measuring, so that no name is in both
SURNAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "de": ("Krüger", "Öztürk", "Weißenfels", "Baumann", "Jäger", "Lindqvist", "Sommerfeld", "Rößler"),
        "en": ("Ashworth", "O'Sullivan", "Pemberton", "Caldwell", "Fairbanks", "Whitlock", "Harrow", "McAllister"),
        "fr": ("Lefèvre", "Dubois", "Beauchêne", "Garnier", "Rousseau", "D'Hoker", "Thévenet", "Marchand"),
        "es": ("Ibáñez", "Castro", "Muñoz", "Robledo", "Vidal", "Echeverría", "Salgado", "Peñalver"),
        "nl": ("De Vries", "Hoekstra", "Van den Berg", "Kuijpers", "Smeets", "Oosterhuis", "Bakker", "Van Dijk"),
        "it": ("Ferrari", "De Luca", "Gallo", "Bonetti", "Marchetti", "D'Amico", "Rinaldi", "Cattòlica"),
        "pl": ("Kowalski", "Wiśniewski", "Zając", "Krawczyk", "Żurawski", "Nowicki", "Dąbrowski", "Lewandowska"),
        "pt": ("Ferreira", "Gonçalves", "Magalhães", "Teixeira", "Simões", "Carvalho", "Antunes", "Falcão"),
        "sv": ("Lindström", "Åkesson", "Bergqvist", "Sjöberg", "Öberg", "Hedlund", "Nyström", "Wallin"),
    }
)
GIVEN_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "de": ("Jürgen", "Sabine", "Anneliese", "Mehmet", "Björn", "Katharina"),
        "en": ("Margaret", "Declan", "Oliver", "Priya", "Hannah", "Thomas"),
        "fr": ("Hélène", "Benoît", "Françoise", "Mathieu", "Chloé", "Aurélien"),
        "es": ("María José", "Álvaro", "Lucía", "Íñigo", "Carmen", "Raúl"),
        "nl": ("Marieke", "Joost", "Femke", "Willem", "Anouk", "Sjoerd"),
        "it": ("Giuseppe", "Chiara", "Nicolò", "Francesca", "Marco", "Elena"),
        "pl": ("Agnieszka", "Łukasz", "Małgorzata", "Paweł", "Zofia", "Krzysztof"),
        "pt": ("João", "Inês", "Conceição", "Tiago", "Beatriz", "Rui"),
        "sv": ("Åsa", "Gustav", "Malin", "Björn", "Ingrid", "Oskar"),
    }
)
TRADES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "de": ("Haushaltswaren", "Werkzeughandel", "Gartentechnik", "Elektrogroßhandel", "Papier & Büro"),
        "en": ("Homeware", "Tools", "Garden Supplies", "Electrical Wholesale", "Office Supplies"),
        "fr": ("Arts de la table", "Outillage", "Jardinage", "Matériel électrique", "Papeterie"),
        "es": ("Menaje", "Herramientas", "Jardinería", "Suministros Eléctricos", "Papelería"),
        "nl": ("Huishoudwaren", "Gereedschap", "Tuintechniek", "Elektro Groothandel", "Kantoorartikelen"),
        "it": ("Casalinghi", "Utensileria", "Giardinaggio", "Forniture Elettriche", "Cartoleria"),
        "pl": ("Artykuły Domowe", "Narzędzia", "Ogród", "Hurtownia Elektryczna", "Biuro"),
        "pt": ("Utilidades", "Ferramentas", "Jardim", "Material Elétrico", "Papelaria"),
        "sv": ("Husgeråd", "Verktyg", "Trädgård", "Elgrossisten", "Kontorsvaror"),
    }
)
BANKS = ("Banque Européenne", "Sparbank Nord", "Merchant & County Bank", "Banco Atlántico", "Handelsbank")

# names that firms give themselves in any language
COINED = ("Nordava", "Tekliva", "Brisco", "Velmark", "Ondura", "Kastello", "Prisma 21", "Halvora", "Quintex", "Ramesco",
          "Sollaris", "Trivento", "Ublox Nova", "Vantera", "Westholm", "Zephira", "Arcturo", "Belmondia", "Cadenza B2B",
          "Dorvane")  # fmt: skip
