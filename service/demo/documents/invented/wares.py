"""Goods and services that invented firms sell, in each language: words, unit and a usual net price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Ware:
    """Something that is sold; ``unit`` is a UN/ECE Rec 20 code, ``is_reduced`` where the lower tax rate holds."""

    name: str
    unit: str
    price: Decimal
    is_reduced: bool = False
    is_machine: bool = False


# rank for rank the same things in every language
_KINDS = (
    ("C62", "12.40", False, False),
    ("C62", "189.00", False, True),
    ("C62", "6.95", False, False),
    ("KGM", "4.80", True, False),
    ("XBX", "38.50", False, False),
    ("HUR", "64.00", False, False),
    ("C62", "249.90", False, True),
    ("C62", "17.25", True, False),
    ("C62", "74.50", False, True),
    ("C62", "3.20", False, False),
    ("C62", "129.00", False, True),
    ("C62", "54.75", False, False),
)
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "de": """Schüssel Edelstahl Ø 24 cm, poliert
Akku-Bohrschrauber BX-18 mit zwei Akkus und Koffer
Geschirrtuch Leinen grün, 50 x 70 cm
Grassamen Sport & Spiel, lose
Kopierpapier A4 80 g, Karton zu 5 Pack
Montage und Einweisung vor Ort
Kaffeevollautomat Modell Adria 300, schwarz
Kochbuch „Küche im Süden“, gebunden
Wasserkocher Glas 1,7 l, Typ WK-170
Kabelbinder 200 x 4,8 mm, schwarz, 100 Stück
Heckenschere elektrisch HS 55, Schnittlänge 55 cm
Gartenschlauch 1/2 Zoll, 25 m, mit Kupplungen""",
        "en": """Mixing bowl stainless steel 24 cm, polished
Cordless drill driver BX-18 with two batteries and case
Linen tea towel green, 50 x 70 cm
Grass seed hard-wearing, loose
Copier paper A4 80 gsm, box of 5 reams
Fitting and instruction on site
Bean-to-cup coffee machine Adria 300, black
Cookery book "Southern Kitchen", hardback
Glass kettle 1.7 l, type WK-170
Cable ties 200 x 4.8 mm black, pack of 100
Electric hedge trimmer HS 55, 55 cm blade
Garden hose 1/2 inch, 25 m, with connectors""",
        "fr": """Saladier inox Ø 24 cm, poli
Perceuse-visseuse sans fil BX-18, deux batteries et coffret
Torchon en lin vert, 50 x 70 cm
Semences de gazon sport, en vrac
Papier A4 80 g, carton de 5 ramettes
Montage et mise en service sur site
Machine à café à grains Adria 300, noire
Livre de cuisine « Cuisine du Sud », relié
Bouilloire en verre 1,7 l, modèle WK-170
Colliers de serrage 200 x 4,8 mm noirs, par 100
Taille-haie électrique HS 55, lame de 55 cm
Tuyau d'arrosage 1/2 pouce, 25 m, avec raccords""",
        "es": """Ensaladera de acero inoxidable Ø 24 cm
Taladro atornillador BX-18 con dos baterías y maletín
Paño de cocina de lino verde, 50 x 70 cm
Semilla de césped resistente, a granel
Papel A4 80 g, caja de 5 paquetes
Montaje e instrucción en sus instalaciones
Cafetera superautomática Adria 300, negra
Libro de cocina «Cocina del Sur», tapa dura
Hervidor de vidrio 1,7 l, modelo WK-170
Bridas 200 x 4,8 mm negras, bolsa de 100
Cortasetos eléctrico HS 55, espada de 55 cm
Manguera de jardín 1/2 pulgada, 25 m, con racores""",
        "nl": """Mengkom rvs 24 cm, gepolijst
Accuschroefboormachine BX-18 met twee accu's en koffer
Theedoek linnen groen, 50 x 70 cm
Graszaad sport en spel, los
Kopieerpapier A4 80 g, doos met 5 pakken
Montage en uitleg op locatie
Volautomatische koffiemachine Adria 300, zwart
Kookboek 'Zuidelijke keuken', gebonden
Glazen waterkoker 1,7 l, type WK-170
Kabelbinders 200 x 4,8 mm zwart, 100 stuks
Elektrische heggenschaar HS 55, zwaard 55 cm
Tuinslang 1/2 inch, 25 m, met koppelingen""",
        "it": """Insalatiera in acciaio inox Ø 24 cm, lucida
Trapano avvitatore BX-18 con due batterie e valigetta
Strofinaccio di lino verde, 50 x 70 cm
Semi per prato resistente, sfusi
Carta A4 80 g, scatola da 5 risme
Montaggio e istruzione in loco
Macchina da caffè automatica Adria 300, nera
Libro di cucina «Cucina del Sud», rilegato
Bollitore in vetro 1,7 l, modello WK-170
Fascette 200 x 4,8 mm nere, confezione da 100
Tagliasiepi elettrico HS 55, lama 55 cm
Tubo da giardino 1/2 pollice, 25 m, con raccordi""",
    }
)


def wares(language: str) -> tuple[Ware, ...]:
    """All wares in a language; KeyError for an unknown one."""
    return tuple(
        Ware(name, unit, Decimal(price), is_reduced, is_machine)
        for name, (unit, price, is_reduced, is_machine) in zip(_NAMES[language].splitlines(), _KINDS, strict=True)
    )
