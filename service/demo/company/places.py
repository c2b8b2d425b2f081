"""Believable places and people of each country, to be combined into addresses and names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

from service.demo.company.values import Address


@dataclass(frozen=True, slots=True)
class Country:
    """What names, streets and banks look like there. ``streets`` are filled with a house number ``n``; ``banks`` are
    (name, the bank's four letters), ``bic_place`` the two after the country.
    """

    language: str
    cities: tuple[tuple[str, str], ...]
    streets: tuple[str, ...]
    given_names: tuple[str, ...]
    family_names: tuple[str, ...]
    banks: tuple[tuple[str, str], ...]
    bic_place: str


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """``first|second; first|second`` as pairs."""
    return tuple((first, second) for first, _, second in (part.strip().partition("|") for part in text.split(";")))


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";"))


COUNTRIES: Mapping[str, Country] = {
    "DE": Country(
        "de",
        _pairs(
            "34117|Kassel; 37073|Göttingen; 99084|Erfurt; 35037|Marburg; 36037|Fulda; 33098|Paderborn; 30159|Hannover; "
            "50667|Köln; 80331|München; 01067|Dresden; 24103|Kiel; 79098|Freiburg; 34346|Hann. Münden; "
            "37213|Witzenhausen"
        ),
        _list(
            "Lindenstraße {n}; Am Mühlbach {n}; Friedrich-Ebert-Straße {n}; Gartenweg {n}; Schulgasse {n}; "
            "Obere Königsstraße {n}; Kirchditmolder Weg {n}; Rosenhang {n}; An der Fulda {n}; Bahnhofstraße {n}"
        ),
        _list(
            "Anneliese; Bernd; Carla; Dirk; Elif; Frauke; Gerhard; Hannelore; Ilka; Jonas; Katharina; Lutz; Mareike; "
            "Norbert; Özlem; Petra; Ralf; Sabine; Thorsten; Ulrike"
        ),
        _list(
            "Ackermann; Bödeker; Dreßler; Eichhorn; Frühauf; Grebe; Hüttenmeister; Jungermann; Kümmel; Löwenstein; "
            "Möller; Nagel; Pfannkuch; Rübsam; Schäfer; Trümper; Vaupel; Wöhler; Yıldız; Zinngrebe"
        ),
        _pairs("Kasseler Genossenschaftsbank|KAGE; Werra-Sparkasse|WERR; Nordhessische Landbank|NHLB; Fuldabank|FULD"),
        "DE",
    ),
    "AT": Country(
        "de",
        _pairs("1070|Wien; 8010|Graz; 5020|Salzburg; 6020|Innsbruck; 4600|Wels; 9020|Klagenfurt"),
        _list("Neubaugasse {n}; Grazbachgasse {n}; Linzer Gasse {n}; Am Innrain {n}; Kaiser-Josef-Platz {n}"),
        _list("Alois; Brigitte; Clemens; Doris; Franz; Gerlinde"),
        _list("Achleitner; Brandstätter; Ebner; Hölzl; Obermayr; Pichler"),
        _pairs("Donaubank|DONA; Steirische Landeskasse|STLK"),
        "WW",
    ),
    "FR": Country(
        "fr",
        _pairs("67000|Strasbourg; 69002|Lyon; 44000|Nantes; 33000|Bordeaux; 31000|Toulouse; 87000|Limoges"),
        _list("{n} rue des Tanneurs; {n} avenue de la Gare; {n} quai Saint-Michel; {n} rue du Faubourg Blanc"),
        _list("Amélie; Benoît; Céline; Didier; Éloïse; Frédéric"),
        _list("Aubertin; Boisseau; Charpentier; Delorme; Fouquet; Lemaître"),
        _pairs("Caisse de l'Ill|CILL; Crédit Ligérien|CRLG"),
        "PP",
    ),
    "NL": Country(
        "nl",
        _pairs("1012 AB|Amsterdam; 3511 CE|Utrecht; 9711 GN|Groningen; 5611 DP|Eindhoven; 6811 KL|Arnhem"),
        _list("Herenkade {n}; Molenstraat {n}; Oude Gracht {n}; Lange Nieuwstraat {n}"),
        _list("Anouk; Bram; Femke; Gijs; Lotte; Maarten"),
        _list("Bakker-Smits; de Groot; Hoekstra; van Leeuwen; Postma; Terpstra"),
        _pairs("Polderbank|POLD; Coöperatie Waalbank|WAAL"),
        "2A",
    ),
    "GB": Country(
        "en",
        _pairs("LS1 4DY|Leeds; EH1 1YZ|Edinburgh; NR2 1TF|Norwich; BA1 1LT|Bath; S1 2HE|Sheffield"),
        _list("{n} Mill Lane; {n} Station Road; {n} Canal Street; {n} St Andrew's Row"),
        _list("Alistair; Bethany; Colin; Davina; Gareth; Imogen"),
        _list("Ashworth; Blenkinsop; Carmichael; Dunmore; Fairbairn; Holloway"),
        _pairs("Pennine Trust Bank|PENT; Lothian Bank|LOTH"),
        "2L",
    ),
    "ES": Country(
        "es",
        _pairs("46002|Valencia; 41001|Sevilla; 50001|Zaragoza; 30001|Murcia; 15001|A Coruña"),
        _list("Calle de la Cerámica {n}; Avenida del Puerto {n}; Calle Mayor {n}; Plaza del Olivar {n}"),
        _list("Álvaro; Begoña; Carmen; Íñigo; Lucía; Rodrigo"),
        _list("Arrieta Soler; Castaño Gil; Domínguez Peña; Fuentes Vidal; Ibáñez Mora; Núñez Rey"),
        _pairs("Caja del Turia|CTUR; Banco Levantino|BLEV"),
        "BB",
    ),
    "IT": Country(
        "it",
        _pairs("36100|Vicenza; 50122|Firenze; 37121|Verona; 12051|Alba; 70121|Bari"),
        _list("Via dei Vasai {n}; Corso Garibaldi {n}; Via San Rocco {n}; Viale delle Rose {n}"),
        _list("Alessia; Bruno; Chiara; Davide; Ginevra; Luca"),
        _list("Bevilacqua; Colombo; De Santis; Fontana; Marchetti; Pellegrini"),
        _pairs("Banca del Brenta|BREN; Credito Scaligero|CRSC"),
        "IT",
    ),
    "IE": Country(
        "en",
        _pairs("D02 X285|Dublin; T12 W8KX|Cork; V94 T9PX|Limerick; F91 K0D5|Sligo"),
        _list("{n} Quay Street; {n} Bridge Road; {n} Abbey Lane"),
        _list("Aoife; Cormac; Niamh; Oisín"),
        _list("Brannigan; Ó Dálaigh; Kavanagh; Tierney"),
        _pairs("Shannon Mutual Bank|SHAN; Leeside Bank|LEES"),
        "2D",
    ),
}


def address(country: str, rng: Random) -> Address:
    """A street, house number and town there."""
    place = COUNTRIES[country]
    postcode, city = rng.choice(place.cities)
    return Address(rng.choice(place.streets).format(n=rng.randrange(1, 98)), postcode, city, country)
