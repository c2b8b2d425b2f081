"""Who the retailer buys from and what: invented names, with check digits that are right."""

from __future__ import annotations

from decimal import Decimal

from stdnum import ean

from service.demo.company.values import (
    BOX_OF_12,
    HOUR,
    KILOGRAM,
    PIECE,
    Address,
    OwnCompany,
    Product,
    Unit,
    Vendor,
)

OWN = OwnCompany(
    name="Wiesengrund Haus & Garten GmbH",
    address=Address("Fuldauer Straße 118", "34123", "Kassel", "DE"),
    vat_id="DE626018158",
    email="rechnungen@wiesengrund.example",
    phone="+49 561 5550140",
)

_D = Decimal

VENDORS = (
    Vendor(
        11,
        "Hansen & Voss Gartengeräte GmbH",
        Address("Speicherweg 14", "23554", "Lübeck", "DE"),
        "DE703082462",
        "DE52381948214518190937",
        "HALBDEL1XXX",
        "Hanseatische Landbank",
        "rechnung@hansen-voss.example",
        "+49 451 5550182",
        "V-1001",
        "104477",
        "de",
        _D(19),
        30,
        "RE-{year}-{n:05d}",
    ),
    Vendor(
        12,
        "Möbelwerk Thalheim GmbH & Co. KG",
        Address("Am Sägewerk 3", "32756", "Detmold", "DE"),
        "DE965797545",
        "DE16423194876749118625",
        "LIPPDE3DXXX",
        "Lippische Volksbank",
        "buchhaltung@thalheim-moebel.example",
        "+49 5231 555070",
        "V-1002",
        "D-20918",
        "de",
        _D(19),
        14,
        "{n}",
    ),
    Vendor(
        13,
        "Grünwald Saatgut KG",
        Address("Harzblick 27", "06484", "Quedlinburg", "DE"),
        "DE376018957",
        "DE63659797115710497465",
        "OSTHDE8QXXX",
        "Ostharzer Sparkasse",
        "faktura@gruenwald-saatgut.example",
        "+49 3946 555331",
        "V-1003",
        "K 3381",
        "de",
        _D(7),
        30,
        "GS{year}/{n:04d}",
    ),
    Vendor(
        14,
        "Alpenglas Manufaktur GmbH",
        Address("Glashüttenstraße 9", "4020", "Linz", "AT"),
        "ATU69013967",
        "AT693459581177774121",
        "OBDOAT2LXXX",
        "Oberdonaubank",
        "office@alpenglas.example",
        "+43 732 555016",
        "V-1004",
        "DE-0742",
        "de",
        _D(20),
        30,
        "AR-{n:06d}",
    ),
    Vendor(
        15,
        "Atelier Beauvallon SARL",
        Address("18 quai des Potiers", "69005", "Lyon", "FR"),
        "FR16647280387",
        "FR7662808514853538885393333",
        "CRHNFR2LXXX",
        "Crédit du Rhône",
        "comptabilite@beauvallon.example",
        "+33 4 72 55 50 19",
        "V-1005",
        "C01882",
        "en",
        _D(0),
        45,
        "FA{year}{n:05d}",
    ),
    Vendor(
        16,
        "Van der Meulen Bloembollen B.V.",
        Address("Bollenlaan 201", "2161 CK", "Lisse", "NL"),
        "NL302972997B01",
        "NL78ZUID6288200182",
        "ZUIDNL2AXXX",
        "Zuiderbank",
        "invoices@vdmeulen-bollen.example",
        "+31 252 555 640",
        "V-1006",
        "40021",
        "en",
        _D(0),
        30,
        "VF{n:07d}",
    ),
    Vendor(
        17,
        "Thornbury & Finch Ltd",
        Address("Unit 6, Harbour Works", "BS1 6XN", "Bristol", "GB"),
        "GB447887838",
        "GB35WSTB58372626751361",
        "WSTBGB2BXXX",
        "Western Trading Bank",
        "accounts@thornburyfinch.example",
        "+44 117 496 0188",
        "V-1007",
        "WIES01",
        "en",
        _D(0),
        30,
        "INV-{n:05d}",
    ),
    Vendor(
        18,
        "Kilbrannan Woollens Ltd",
        Address("Mill Road", "H91 E2K4", "Galway", "IE"),
        "IE4412524R",
        "IE66ATLB37316733268656",
        "ATLBIE2GXXX",
        "Atlantic Bank of Ireland",
        "sales@kilbrannan.example",
        "+353 91 555 204",
        "V-1008",
        "W-118",
        "en",
        _D(0),
        60,
        "SI{n:06d}",
    ),
    Vendor(
        19,
        "Nordlicht Leuchten GmbH",
        Address("Fördepromenade 41", "24944", "Flensburg", "DE"),
        "DE175291709",
        "DE69442366713766426846",
        "FOERDE2FXXX",
        "Förde Kreditbank",
        "rechnungswesen@nordlicht-leuchten.example",
        "+49 461 5550290",
        "V-1009",
        "71230",
        "de",
        _D(19),
        30,
        "90{n:06d}",
    ),
    Vendor(
        20,
        "Kastell Logistik & Service GmbH",
        Address("Industriering 77", "34260", "Kaufungen", "DE"),
        "DE663212238",
        "DE32407924403685995289",
        "HESLDE5KXXX",
        "Hessische Landesgenossenschaftsbank",
        "abrechnung@kastell-logistik.example",
        "+49 5605 555900",
        "V-1010",
        "WG-2207",
        "de",
        _D(19),
        10,
        "R{year}-{n:04d}",
    ),
)

# vendor id: (our code, our name, vendor's code, vendor's name, unit, price, tax rate)
_Row = tuple[str, str, str, str, Unit, str, int]
_WARES: dict[int, tuple[_Row, ...]] = {
    11: (
        ("GT-1001", "Spaten Edelstahl", "HV-2210", "Gärtnerspaten Edelstahl, Eschenstiel 110 cm", PIECE, "24.90", 19),
        ("GT-1002", "Gartenschere Bypass", "HV-3105", "Bypass-Gartenschere 21 cm, geschmiedet", PIECE, "13.40", 19),
        ("GT-1003", "Laubrechen", "HV-2470", "Laubbesen verstellbar, Arbeitsbreite 46 cm", PIECE, "11.75", 19),
        ("GT-1004", "Gießkanne 10 l", "HV-4012", "Gießkanne verzinkt 10 l mit Brause", PIECE, "19.20", 19),
        ("GT-1005", "Pflanzkelle (12er)", "HV-2031", "Pflanzkelle Buche, Karton zu 12 Stück", BOX_OF_12, "62.40", 19),
        ("GT-1006", "Gartenhandschuhe (12er)", "HV-5119", "Handschuhe Gr. 9, Karton 12 Paar", BOX_OF_12, "34.80", 19),
    ),
    12: (
        ("MB-2001", "Gartenbank Akazie", "1540-150", "Bank 'Lippe' Akazie geölt, 150 cm", PIECE, "128.00", 19),
        ("MB-2002", "Klappstuhl Akazie", "1511-00", "Klappstuhl 'Lippe' Akazie geölt", PIECE, "39.50", 19),
        ("MB-2003", "Ausziehtisch Akazie", "1622-22", "Tisch 'Lippe' ausziehbar 160/220 cm", PIECE, "214.00", 19),
        ("MB-2004", "Bankauflage 150 cm", "8815-04", "Auflage 150 x 45 cm, Farbe Salbei", PIECE, "31.90", 19),
        ("MB-2005", "Sonnenschirm 3 m", "7030-30", "Schirm rund 3 m, Bezug natur", PIECE, "89.00", 19),
        ("MB-2006", "Schutzhülle Sitzgruppe", "8890-01", "Schutzhülle Sitzgruppe 220 x 100 cm", PIECE, "22.40", 19),
    ),
    13: (
        ("SA-3001", "Rasensamen Sport & Spiel", "10-4410", "Rasenmischung RSM 2.3, lose", KILOGRAM, "4.85", 7),
        ("SA-3002", "Wildblumenmischung", "10-5220", "Blühmischung mehrjährig, 100 % Wildblumen", KILOGRAM, "28.60", 7),
        ("SA-3003", "Blumenerde 40 l", "20-0040", "Blumenerde torffrei, Sack 40 l", PIECE, "5.35", 19),
        ("SA-3004", "Tomatensamen (12er)", "11-0712", "Tomate 'Harzer Rote', Display 12 Tüten", BOX_OF_12, "14.28", 7),
        ("SA-3005", "Sonnenblumen (12er)", "11-0930", "Sonnenblume 'Riese', Display 12 Tüten", BOX_OF_12, "12.60", 7),
        ("SA-3006", "Pflanztopf-Set Kokos", "30-1108", "Anzuchttöpfe Kokos 8 cm, 24 Stück", PIECE, "3.95", 19),
    ),
    14: (
        ("GL-4001", "Windlicht klein", "W12-K", "Windlicht mundgeblasen, 12 cm", PIECE, "8.90", 20),
        ("GL-4002", "Vase Traun", "V28-TR", "Vase 'Traun' 28 cm, rauchgrau", PIECE, "21.50", 20),
        ("GL-4003", "Wasserkaraffe 1 l", "K10-00", "Karaffe 1,0 l mit Korkverschluss", PIECE, "16.75", 20),
        ("GL-4004", "Trinkgläser (12er)", "T30-12", "Trinkglas 0,3 l, Karton 12 Stück", BOX_OF_12, "47.40", 20),
        ("GL-4005", "Bonbonniere", "B18-01", "Bonbonniere mit Deckel, 18 cm", PIECE, "18.30", 20),
        ("GL-4006", "Gartenkugel 15 cm", "G15-BL", "Gartenkugel 15 cm, kobaltblau", PIECE, "12.20", 20),
    ),
    15: (
        ("KE-5001", "Übertopf 18 cm", "CP18-BL", "Glazed planter 18 cm, lagoon blue", PIECE, "9.80", 0),
        ("KE-5002", "Übertopf 26 cm", "CP26-BL", "Glazed planter 26 cm, lagoon blue", PIECE, "17.60", 0),
        ("KE-5003", "Schale Terrakotta", "SC32-TC", "Terracotta bowl 32 cm, hand thrown", PIECE, "14.25", 0),
        ("KE-5004", "Seifenschale (12er)", "PS12-BC", "Soap dish, white, box of 12", BOX_OF_12, "43.20", 0),
        ("KE-5005", "Krug 1,5 l", "CR15-OC", "Pitcher 1.5 l, ochre glaze", PIECE, "19.90", 0),
        ("KE-5006", "Vogeltränke", "BO40-GR", "Bird bath 40 cm, grey stoneware", PIECE, "27.50", 0),
    ),
    16: (
        ("BL-6001", "Tulpen Mischung", "TU-MIX-12", "Tulip bulbs mixed 12/+, loose", KILOGRAM, "6.40", 0),
        ("BL-6002", "Krokus (12er)", "CR-LRG-P", "Crocus large flowering, box of 12 packs", BOX_OF_12, "18.96", 0),
        ("BL-6003", "Narzissen", "NA-DTM-14", "Daffodil 'Dutch Master' 14/16, loose", KILOGRAM, "5.15", 0),
        ("BL-6004", "Zierlauch (12er)", "AL-GLO-P", "Allium 'Globemaster', box of 12 packs", BOX_OF_12, "38.40", 0),
        ("BL-6005", "Hyazinthe im Glas", "HY-GLS-1", "Hyacinth in glass vase, blue", PIECE, "3.85", 0),
        ("BL-6006", "Amaryllis Geschenkset", "AM-GFT-1", "Amaryllis gift set with pot", PIECE, "6.90", 0),
    ),
    17: (
        ("LA-7001", "Sturmlaterne klein", "TF-1020", "Storm lantern small, antique brass", PIECE, "14.60", 0),
        ("LA-7002", "Sturmlaterne groß", "TF-1040", "Storm lantern large, antique brass", PIECE, "26.80", 0),
        ("LA-7003", "Fackel Bambus (12er)", "TF-2212", "Bamboo garden torch, box of 12", BOX_OF_12, "33.60", 0),
        ("LA-7004", "Feuerschale 60 cm", "TF-3060", "Fire bowl 60 cm, raw steel", PIECE, "74.50", 0),
        ("LA-7005", "Citronella-Kerze", "TF-2305", "Citronella candle in tin, 40 h", PIECE, "4.95", 0),
        ("LA-7006", "Lampenöl 1 l", "TF-2401", "Lamp oil 1 l, odourless", PIECE, "3.70", 0),
    ),
    18: (
        ("WO-8001", "Wolldecke Karo", "KB-PLD-01", "Lambswool throw 130 x 180 cm, plaid", PIECE, "42.00", 0),
        ("WO-8002", "Wolldecke uni", "KB-UNI-04", "Lambswool throw 130 x 180 cm, moss", PIECE, "38.50", 0),
        ("WO-8003", "Kissen Fischgrat", "KB-CSH-11", "Cushion herringbone 45 x 45 cm", PIECE, "19.80", 0),
        ("WO-8004", "Wollsocken (12er)", "KB-SCK-12", "Bed socks, box of 12 pairs", BOX_OF_12, "94.80", 0),
        ("WO-8005", "Wärmflaschenhülle", "KB-HWB-02", "Hot water bottle with wool cover", PIECE, "16.40", 0),
        ("WO-8006", "Picknickdecke", "KB-PIC-07", "Picnic rug 150 x 150 cm, waterproof back", PIECE, "33.90", 0),
    ),
    19: (
        ("LE-9001", "Wegeleuchte Edelstahl", "NL-44120", "Wegeleuchte 60 cm, Edelstahl, IP44", PIECE, "36.90", 19),
        ("LE-9002", "Wandleuchte anthrazit", "NL-44315", "Außenwandleuchte Up/Down, anthrazit", PIECE, "29.40", 19),
        ("LE-9003", "Solarleuchte Set", "NL-51006", "Solar-Erdspieß, Set mit 6 Stück", PIECE, "18.75", 19),
        ("LE-9004", "Lichterkette 10 m", "NL-52100", "Lichterkette außen 10 m, 100 LED warmweiß", PIECE, "12.95", 19),
        (
            "LE-9005",
            "Leuchtmittel E27 (12er)",
            "NL-70027",
            "LED E27 7 W 2700 K, Karton 12 Stück",
            BOX_OF_12,
            "31.20",
            19,
        ),
        ("LE-9006", "Bewegungsmelder", "NL-60180", "Bewegungsmelder 180°, IP54, weiß", PIECE, "14.10", 19),
    ),
    20: (
        ("DL-0001", "Stückgutfracht Palette", "FR-PAL", "Stückgutfracht je Europalette, Zone 2", PIECE, "68.50", 19),
        ("DL-0002", "Montageservice", "MO-STD", "Montage Gartenmöbel beim Kunden", HOUR, "46.00", 19),
        ("DL-0003", "Entsorgung Verpackung", "EN-MIX", "Entsorgung Verpackungsmaterial, Gitterbox", PIECE, "24.00", 19),
        ("DL-0004", "Lagerhelfer", "LA-HLF", "Lagerhelfer, Arbeitsstunde", HOUR, "31.50", 19),
        ("DL-0005", "Inventurzählung", "IN-ZHL", "Inventurzählung je Arbeitsstunde", HOUR, "34.00", 19),
        ("DL-0006", "Winterdienst Einsatz", "WD-EIN", "Winterdienst Kundenparkplatz, je Einsatz", PIECE, "85.00", 19),
    ),
}

_SERVICE_VENDORS = frozenset({20})
_FIRST_PRODUCT_ID = 101
_EAN_COMPANY_PREFIX = "426075"


def products() -> tuple[Product, ...]:
    """All 60 products, numbered in the order of the vendors."""
    rows = [(vendor_id, row) for vendor_id, rows in _WARES.items() for row in rows]
    return tuple(_product(position, vendor_id, row) for position, (vendor_id, row) in enumerate(rows))


def _product(position: int, vendor_id: int, row: _Row) -> Product:
    code, name, vendor_code, vendor_name, unit, price, rate = row
    is_service = vendor_id in _SERVICE_VENDORS
    return Product(
        id=_FIRST_PRODUCT_ID + position,
        code=code,
        name=name,
        barcode=None if is_service else _barcode(vendor_id, position),
        vendor_id=vendor_id,
        vendor_code=vendor_code,
        vendor_name=vendor_name,
        unit=unit,
        price=Decimal(price),
        tax_rate=Decimal(rate),
        is_service=is_service,
    )


def _barcode(vendor_id: int, position: int) -> str:
    digits = f"{_EAN_COMPANY_PREFIX}{vendor_id:02d}{position * 37 % 10000:04d}"
    return digits + str(ean.calc_check_digit(digits))
