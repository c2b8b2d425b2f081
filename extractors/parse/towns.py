"""How towns of the United States are written, which tells addresses and the order of dates, and names of countries."""

from __future__ import annotations

import re

_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DC|DE|FL|GA|HI|IA|ID|IL|IN|KS|KY|LA|MA|MD|ME|MI|MN|MO|MS|MT|NC|ND|NE|NH|NJ|NM|NV|NY|OH|OK|OR|"
    "PA|PR|RI|SC|SD|TN|TX|UT|VA|VT|WA|WI|WV|WY"
)
_STATE_NAMES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Iowa|Idaho|Illinois|"
    "Indiana|Kansas|Kentucky|Louisiana|Massachusetts|Maryland|Maine|Michigan|Minnesota|Missouri|Mississippi|Montana|"
    "Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|"
    "Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|"
    "West Virginia|Wisconsin|Wyoming"
)
AMERICAN_TOWN = (
    rf"(?<=[^\W\d_])[,.]{{0,2}}\s(?:{_STATES}|{_STATE_NAMES}),?\s+\d{{5}}(?:-\d{{4}})?\b"  # New York, NY 10001
)
_COUNTRIES = (
    r"United Kingdom|UK|U\.K\.|Great Britain|England|Scotland|Wales|Northern Ireland|Ireland|"
    r"United States(?: of America)?|USA|U\.S\.A\.|Canada|Australia|New Zealand|India|Singapore|South Africa|"
    r"Germany|Deutschland|Allemagne|Alemania|Germania|Duitsland|Niemcy|Alemanha|Tyskland|Austria|Österreich|"
    r"Autriche|Oostenrijk|Österrike|Switzerland|Schweiz|Suisse|Svizzera|Suiza|Zwitserland|Suíça|France|"
    r"Frankreich|Francia|Frankrijk|Francja|França|Frankrike|Belgium|Belgi[ëe]|Belgique|Belgien|Bélgica|Belgio|"
    r"Netherlands|The Netherlands|Nederland|Niederlande|Pays-Bas|Países Bajos|Paesi Bassi|Luxemb(?:o?urg)|"
    r"Italy|Italia|Italien|Italie|Italië|Itália|Spain|España|Spanien|Espagne|Spagna|Spanje|Espanha|Portugal|"
    r"Poland|Polska|Polen|Pologne|Polonia|Czech Republic|Czechia|Česká republika|Česko|Tschechien|Slovakia|"
    r"Slovensko|Slowakei|Hungary|Magyarország|Ungarn|Romania|România|Rumänien|Bulgaria|Greece|Ελλάδα|"
    r"Griechenland|Denmark|Danmark|Dänemark|Sweden|Sverige|Schweden|Suède|Norway|Norge|Norwegen|Finland|Suomi|"
    r"Finnland|Iceland|Estonia|Eesti|Latvia|Latvija|Lithuania|Lietuva|Slovenia|Slovenija|Croatia|Hrvatska|"
    r"Serbia|Turkey|Türkiye|China|P\.?\s?R\.? China|Hong Kong|Taiwan|Japan|South Korea|Mexico|México|Brasil|"
    r"Brazil|United Arab Emirates|UAE"
)
_COUNTRY = re.compile(rf"(?:{_COUNTRIES})\.?", re.IGNORECASE)


def is_country(text: str) -> bool:
    """Whether ``text`` is a country's name and no more."""
    return _COUNTRY.fullmatch(text.strip()) is not None
