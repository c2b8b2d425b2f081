"""Suppliers at home and in Austria, who write German."""

from __future__ import annotations

from service.demo.company.assortments import Assortment, assortment
from service.demo.company.values import KILOGRAM

HOME: tuple[Assortment, ...] = (
    assortment(
        "51|Brandhorst Elektrogeräte GmbH|DE|brandhorst-elektro|rechnung|EG|BH-{n:04d}|19",
        "18 V|18 V Li-Ion, ohne Akku|1; 36 V|36 V Li-Ion mit Akku und Ladegerät|1.6",
        "Akku-Heckenschere|Akku-Heckenschere 52 cm Schnittlänge|64.50; Akku-Laubbläser|Akku-Laubbläser 3 Stufen|48.90;"
        "Akku-Rasentrimmer|Rasentrimmer, Schnittkreis 30 cm|52.40; Akku-Kettensäge|Akku-Kettensäge Schwert 30 cm|89.00",
        has_serials=True,
    ),
    assortment(
        "52|Kernbach Pumpentechnik GmbH & Co. KG|DE|kernbach-pumpen|faktura|PU|4{n:03d}.00|19",
        "600 W|600 W, Kabel 10 m|1; 1100 W|1100 W, Kabel 10 m|1.45",
        "Tauchpumpe|Tauchdruckpumpe Edelstahl|71.20; Gartenpumpe|Gartenpumpe selbstansaugend|84.60;"
        "Teichpumpe|Teichfilterpumpe frostsicher|96.30; Hauswasserwerk|Hauswasserwerk mit Vorfilter|142.00",
        has_serials=True,
    ),
    assortment(
        "53|Wetterau Grillmanufaktur GmbH|DE|wetterau-grill|buchhaltung|GR|WG{n:05d}|19",
        "schwarz|Emaille schwarz|1; Edelstahl||1.3",
        "Gasgrill 3 Brenner|Gasgrill 'Nidda', 3 Brenner|214.00; Kugelgrill 57 cm|Kugelgrill 57 cm|98.50;"
        "Räucherofen|Räucherofen stehend, 3 Ebenen|86.40; Feuertonne|Feuertonne mit Grillrost|59.90",
        has_serials=True,
    ),
    assortment(
        "54|Sauerland Werkzeug KG|DE|sauerland-werkzeug|rechnungen|WZ|SW-{n:04d}|19",
        "Standard|Serie 200|1; Profi|Serie 500|1.55",
        "Astschere|Amboss-Astschere|17.80; Handsäge|Klappsäge 20 cm|9.90; Axt|Spaltaxt Hickory|28.40;"
        "Heckenschere|Heckenschere Wellenschliff|16.20",
    ),
    assortment(
        "55|Oderland Textil GmbH|DE|oderland-textil|invoice|TX|{n:06d}|19",
        "natur|Leinen natur|1; salbei|Leinen salbei|1.1",
        "Tischdecke 130 x 220|Tischdecke 130 x 220 cm|18.60; Tischläufer|Läufer 40 x 150 cm|8.90;"
        "Schürze|Latzschürze mit Tasche|11.40; Kissenhülle 50 x 50|Kissenhülle 50 x 50 cm|7.20",
    ),
    assortment(
        "56|Lausitzer Steinzeug GmbH|DE|lausitzer-steinzeug|kontor|ST|L-{n:03d}|19",
        "klein|1,5 l|1; groß|5 l|2.1",
        "Gärtopf|Gärtopf mit Wasserrinne|22.50; Vorratstopf|Vorratstopf mit Deckel|14.90;"
        "Wasserkrug|Krug salzglasiert|13.70; Vogelfutterhaus Keramik|Futterhaus glasiert|16.80",
    ),
    assortment(
        "57|Heidekorn Futtermittel GmbH|DE|heidekorn|rechnung|FU|HK{n:04d}|7",
        "Sack|lose im Sack|1; Bio|kbA, lose im Sack|1.35",
        "Sonnenblumenkerne|Sonnenblumenkerne gestreift|1.48; Streufutter|Streufutter 4 Jahreszeiten|1.12;"
        "Erdnussbruch|Erdnussbruch weiß|2.36; Hühnerkörner|Körnermischung für Hühner|0.94",
        unit=KILOGRAM,
    ),
    assortment(
        "58|Imkerhof Solling e.K.|DE|imkerhof-solling|hof|HO|{n:04d}|7",
        "250 g|Glas 250 g|1; 500 g|Glas 500 g|1.8",
        "Waldhonig|Waldhonig Solling|4.10; Lindenhonig||3.95; Rapshonig|Rapshonig cremig|3.20;"
        "Heidehonig|Heidehonig, Scheibenart|5.60",
    ),
    assortment(
        "59|Papierwerk Ahrtal GmbH|DE|papierwerk-ahrtal|debitoren|PA|PA.{n:03d}|19",
        "Kräuter|Motiv Kräuter|1; Vögel|Motiv Vögel|1",
        "Gartenkalender|Wandkalender 30 x 30 cm|6.80; Notizbuch A5|Notizbuch A5 Fadenheftung|4.95;"
        "Geschenkpapier|Geschenkpapier 5 Bogen|2.90; Grußkarten-Set|Klappkarten mit Umschlag, 10 Stück|5.40",
    ),
    assortment(
        "60|Rhönholz Spielgeräte GmbH|DE|rhoenholz-spiel|rechnung|SP|RH-{n:04d}|19",
        "Lärche|Lärche natur|1; kdi|Kiefer kesseldruckimprägniert|0.85",
        "Schaukelgestell|Doppelschaukelgestell|118.00; Sandkasten|Sandkasten 150 x 150 cm mit Sitzrand|67.50;"
        "Hochbeet|Hochbeet 120 x 80 x 80 cm|79.90; Kletterwand|Kletterwand 150 cm mit Griffen|94.00",
    ),
    assortment(
        "61|Tauernstahl Messer GmbH|AT|tauernstahl|office|ME|TS-{n:03d}|0",
        "Nuss|Griff Nussholz|1; Olive|Griff Olivenholz|1.2",
        "Gartenmesser|Hippe geschmiedet|19.40; Pilzmesser|Pilzmesser mit Bürste|14.20;"
        "Brotmesser|Brotmesser 22 cm|27.60; Küchenmesser|Kochmesser 18 cm|31.50",
    ),
    assortment(
        "62|Salzkammergut Kerzen KG|AT|salzkammergut-kerzen|verkauf|KZ|K{n:04d}|0",
        "Honig|Bienenwachs|1; Elfenbein|Stearin elfenbein|0.7",
        "Stumpenkerze|Stumpenkerze 15 cm|6.40; Spitzkerzen|Spitzkerzen, 6 Stück|9.30;"
        "Teelichte|Teelichte, 24 Stück|7.90; Grablicht|Grablicht 7 Tage|3.10",
    ),
    assortment(
        "63|Murtal Loden & Filz GmbH|AT|murtal-loden|rechnung|FI|{n:05d}|0",
        "grau|anthrazit meliert|1; grün|tannengrün|1",
        "Sitzauflage Filz|Sitzauflage Wollfilz 40 cm|8.70; Filzkorb|Filzkorb mit Henkeln|17.90;"
        "Hausschuhe Filz|Filzpantoffeln|21.30; Einkaufstasche Filz|Filztasche gefüttert|24.80",
    ),
)
