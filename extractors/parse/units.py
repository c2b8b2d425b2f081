"""Units of measure as printed, to UN/ECE Recommendation 20 codes where known."""

from __future__ import annotations

from service.domain.keys import fold

_UNITS = {
    "C62": "stk stck stuck stueck st pc pcs piece pieces pce ea each unit units un pza pz pieza piezas unite "
    "unites u stuk stuks szt sztuka sztuki styk kpl kappale kappaletta db darab buc bucata bucati kus "
    "kusy kusu pezzo pezzi unidad unidades ud uds ks qty art item items nos no",
    "HUR": "std stunde stunden h hr hrs hour hours heure heures hora horas ora ore uur godz timer time timme "
    "timmar tim hod hodina hodiny hodin tunti tuntia tunnit",
    "DAY": "tag tage day days jour jours dia dias giorno giorni dag dagen dager dage den dni dnu pv paiva paivaa "
    "paivat nap zi zile",
    "MON": "monat monate month months mois mes meses mese mesi maand maanden maned maneder manad manader mesic "
    "mesice mesicu mesiac kk kuukausi luna luni honap",
    "ANN": "jahr jahre year years annee an ans ano anos anno anni jaar ar vuosi rok ev ani",
    "KGM": "kg kilo kilogramm kilogram kilos",
    "GRM": "g gramm gram grams gr",
    "TNE": "t to tonne tonnen ton tons tonnes",
    "LTR": "l ltr liter litre litres liters litro litri",
    "MTR": "m meter metre metres mtr lfm lm ml metro metri",
    "KMT": "km kilometer kilometre",
    "MTK": "m2 m² qm sqm mq",
    "MTQ": "m3 m³ cbm",
    "XPK": "pack packs packung pkg pk paket pck ve paquete paquet pacco confezione pakke pakker pakki pakkaus "
    "pkt baleni bal csomag pachet pakk",
    "XBX": "box boxes karton kartons ctn crt carton cartons ka doos kiste kisten caja cajas scatola bte boite "
    "kasse kasser eske krabice krab laatikko doboz cutie",
    "XPX": "palette paletten pallet pallets pal",
    "PR": "paar pair pairs paire par paia pari pereche",
    "SET": "set sets satz garnitur kit jeu saet sett sada sarja",
    "LS": "pauschal psch pausch ls forfait flat lumpsum forfettario",
    "RO": "rolle rollen roll rolls rouleau rotolo rol",
    "XBO": "fl flasche flaschen bottle bottles bouteille btl",
    "KWH": "kwh",
}
_CODE_OF = {fold(word): code for code, words in _UNITS.items() for word in words.split()}
_REC20 = frozenset(
    "C62 H87 EA HUR DAY MON ANN KGM GRM TNE LTR MTR KMT MTK MTQ XPK XBX XPX PR SET LS RO XBO KWH".split()
)


def unit_code(printed: str) -> str | None:
    """The Rec 20 code of a printed unit, None where it isn't known."""
    folded = fold(printed.strip().rstrip(".:").strip())
    if folded in _REC20:
        return folded
    return _CODE_OF.get(folded)
