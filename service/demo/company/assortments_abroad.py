"""Suppliers in France, the Netherlands, Great Britain, Ireland, Spain and Italy, who write their own language."""

from __future__ import annotations

from service.demo.company.assortments import Assortment, assortment

ABROAD: tuple[Assortment, ...] = (
    assortment(
        "64|Arrosage Deligny SAS|FR|deligny-arrosage|facturation|BW|AD{n:04d}|0",
        "15 m|15 m, avec raccords|1; 30 m|30 m, avec raccords|1.7",
        "Gartenschlauch|Tuyau d'arrosage tressé|16.90; Perlschlauch|Tuyau microporeux|13.20;"
        "Schlauchwagen|Dévidoir sur roues|38.50; Tropfbewässerung|Kit goutte à goutte|24.60",
    ),
    assortment(
        "65|Savonnerie des Calanques SARL|FR|savonnerie-calanques|compta|SE|SC-{n:03d}|0",
        "Lavendel|lavande|1; Verbene|verveine|1",
        "Seife 250 g|Savon de Marseille 250 g|2.60; Flüssigseife|Savon liquide 500 ml|5.40;"
        "Duftsäckchen|Sachets parfumés, lot de 6|7.80; Raumduft|Bouquet parfumé 200 ml|11.90",
    ),
    assortment(
        "66|Coutellerie Montrevel SAS|FR|montrevel|administration|GS|M.{n:03d}|0",
        "Buche|manche hêtre|1; Horn|manche corne|1.9",
        "Okuliermesser|Greffoir lame inox|12.40; Taschenmesser|Couteau de poche 12 lames|23.70;"
        "Korkenzieher|Tire-bouchon sommelier|14.80; Käsemesser|Couteau à fromage|11.20",
    ),
    assortment(
        "67|Vannerie de la Creuse SCOP|FR|vannerie-creuse|contact|KO|VC{n:03d}|0",
        "rund|rond|1; oval|ovale|1.15",
        "Weidenkorb|Panier en osier brut|15.30; Brotkorb|Corbeille à pain|6.90;"
        "Holzkorb|Panier à bûches|27.80; Wäschekorb|Panier à linge|33.40",
    ),
    assortment(
        "68|Kwekerij Oosterwold B.V.|NL|kwekerij-oosterwold|administratie|PF|KO{n:05d}|0",
        "P9|pot P9|1; C3|container 3 l|2.4",
        "Lavendel|Lavandula angustifolia|1.35; Hortensie|Hydrangea macrophylla|3.80;"
        "Rosmarin|Salvia rosmarinus|1.60; Storchschnabel|Geranium 'Rozanne'|2.10",
    ),
    assortment(
        "69|De Zwaluw Fietsmanden B.V.|NL|zwaluw-manden|facturen|RA|ZW-{n:04d}|0",
        "braun|bruin|1; schwarz|zwart|1",
        "Fahrradkorb|Rieten fietsmand|22.40; Packtasche|Dubbele fietstas canvas|31.60;"
        "Fahrradkiste|Houten fietskrat|18.90; Sattelbezug|Zadelhoes waterdicht|4.70",
    ),
    assortment(
        "70|Lumière & Licht Tuinverlichting B.V.|NL|ll-tuinverlichting|debiteuren|LI|LT{n:04d}|0",
        "warmweiß|warm wit 2700 K|1; neutral|neutraal wit 4000 K|1",
        "Bodenspot|Grondspot IP67|18.20; Pollerleuchte|Tuinpaal 60 cm|41.70;"
        "Solarwandleuchte|Wandlamp op zonne-energie|23.50; Lichtschlauch|Lichtslang 10 m|15.80",
    ),
    assortment(
        "71|Stoomketel Espresso B.V.|NL|stoomketel|facturen|KM|SK-{n:03d}|0",
        "1 Kreis|eenkrings|1; 2 Kreis|tweekrings|1.8",
        "Siebträgermaschine|Espressomachine met filterdrager|312.00; Kaffeemühle|Koffiemolen conisch|124.00;"
        "Milchaufschäumer|Melkopschuimer inductie|58.40; Wasserkocher|Waterkoker zwanenhals|46.70",
        has_serials=True,
    ),
    assortment(
        "72|Dunmore Weathervanes Ltd|GB|dunmore-vanes|accounts|WE|DW-{n:04d}|0",
        "Hahn|cockerel|1; Fuchs|fox|1.05",
        "Wetterfahne|Weathervane, wrought iron|61.50; Regenmesser|Rain gauge with figure|14.30;"
        "Sonnenuhr|Armillary sundial|72.80; Türklopfer|Cast iron door knocker|17.60",
    ),
    assortment(
        "73|Larkspur Bird Care Ltd|GB|larkspur|billing|VO|LB{n:04d}|0",
        "grün|green|1; rot|red|1",
        "Futtersäule|Seed feeder, 4 ports|9.80; Nistkasten|Nest box 32 mm|11.70;"
        "Meisenknödelhalter|Suet ball holder|5.30; Vogelbad|Hanging bird bath|13.90",
    ),
    assortment(
        "74|Ottershaw Robotics Ltd|GB|ottershaw-robotics|finance|RM|OR-{n:03d}|0",
        "500 m²|up to 500 m²|1; 1000 m²|up to 1000 m²|1.5",
        "Mähroboter|Robotic lawnmower with wire|386.00; Fensterputzroboter|Window cleaning robot|168.00;"
        "Poolroboter|Pool cleaning robot|291.00; Ladestation|Charging station with shelter|94.50",
        has_serials=True,
    ),
    assortment(
        "75|Ballinskelligs Stoneware Ltd|IE|ballinskelligs|office|IR|BS{n:03d}|0",
        "Moor|bog|1; Meer|sea|1",
        "Becher|Mug 0.3 l|6.70; Teekanne|Teapot 1.2 l|24.90; Schale|Serving bowl 24 cm|16.40; Teller|Plate 27 cm|9.60",
    ),
    assortment(
        "76|Alfarería Requena S.L.|ES|alfareria-requena|facturas|TE|AR{n:04d}|0",
        "30 cm|30 cm|1; 45 cm|45 cm|1.9",
        "Terrakottatopf|Maceta de terracota|8.40; Amphore|Ánfora rústica|21.70;"
        "Pflanzschale|Jardinera baja|12.60; Untersetzer|Plato para maceta|3.10",
    ),
    assortment(
        "77|Esparto y Yute Almansa S.L.|ES|esparto-almansa|administracion|MA|EY-{n:03d}|0",
        "60 x 40|60 x 40 cm|1; 90 x 60|90 x 60 cm|1.8",
        "Fußmatte|Felpudo de esparto|9.20; Teppich Jute|Alfombra de yute|14.80;"
        "Sonnensegel|Toldo vela|26.30; Rollo|Persiana alicantina|19.70",
    ),
    assortment(
        "78|Aceites Sierra Bermeja S.A.|ES|sierra-bermeja|clientes|OL|SB{n:04d}|0",
        "500 ml|botella 500 ml|1; 1 l|lata 1 l|1.75",
        "Olivenöl|Aceite de oliva virgen extra|6.20; Olivenöl Arbequina|Aceite arbequina|7.10;"
        "Essig|Vinagre de Jerez|4.30; Knoblauchöl|Aceite al ajo|6.80",
    ),
    assortment(
        "79|Ferro Battuto Bassano S.r.l.|IT|ferrobassano|amministrazione|FE|FB.{n:03d}|0",
        "schwarz|nero|1; rostrot|ruggine|1.1",
        "Rankgitter|Traliccio 180 cm|34.60; Rosenbogen|Arco per rose|68.90;"
        "Blumentreppe|Portavasi a scala|41.20; Kerzenständer|Candelabro|22.70",
    ),
    assortment(
        "80|Idropulitrici Valsugana S.r.l.|IT|valsugana-idro|fatture|HD|VI{n:04d}|0",
        "130 bar|130 bar|1; 160 bar|160 bar, con accessori|1.35",
        "Hochdruckreiniger|Idropulitrice ad acqua fredda|118.00; Nasssauger|Aspiraliquidi 30 l|92.40;"
        "Dampfreiniger|Pulitore a vapore|104.00; Sprühgerät|Irroratore a batteria 16 l|76.30",
        has_serials=True,
    ),
)
