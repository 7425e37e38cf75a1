"""Names of countries and territories in English, French and Spanish: what people write behind a city.

Source: Unicode CLDR's territory names, with usual short forms; folded, without dots.
"""

from __future__ import annotations

_NAMES = """
    afganistan, afghanistan, afrique du sud, aland islands, albania, albanie, alemania, algeria, algerie, allemagne,
    american samoa, andorra, andorre, angola, anguila, anguilla, antarctica, antarctique, antartida, antigua and
    barbuda, antigua y barbuda, antigua-et-barbuda, arabia saudi, arabie saoudite, argelia, argentina, argentine,
    armenia, armenie, aruba, australia, australie, austria, autriche, azerbaidjan, azerbaijan, azerbaiyan, bahamas,
    bahrain, bahrein, banglades, bangladesh, barbade, barbados, barein, belarus, belgica, belgique, belgium, belice,
    belize, benin, bermuda, bermudas, bermudes, bhoutan, bhutan, bielorrusia, bielorussie, bolivia, bolivie, bosnia
    and herzegovina, bosnia y herzegovina, bosnie-herzegovine, botsuana, botswana, brasil, brazil, bresil, british
    indian ocean territory, british virgin islands, brunei, bulgaria, bulgarie, burkina faso, burma, burundi, butan,
    cabo verde, cambodge, cambodia, camboya, cameroon, cameroun, camerun, canada, cap-vert, cape verde,
    caribbean netherlands, caribe neerlandes, catar, cayman islands, central african republic, chad, chequia, chile,
    chili, china, chine, chipre, christmas island, chypre, ciudad del vaticano, cocos islands, colombia, colombie,
    comoras, comores, comoros, congo, congo - brazzaville, congo - kinshasa, congo-brazzaville, congo-kinshasa, cook
    islands, corea del norte, corea del sur, coree du nord, coree du sud, costa rica, cote d'ivoire, croacia,
    croatia, croatie, cuba, curacao, curazao, cyprus, czech republic, czechia, danemark, democratic republic of
    congo, democratic republic of the congo, denmark, dinamarca, djibouti, dominica, dominican republic, dominique,
    dr congo, drc, ecuador, eeuu, egipto, egypt, egypte, el salvador, emirates, emiratos arabes unidos, emirats
    arabes unis, england, equateur, equatorial guinea, eritrea, erythree, eslovaquia, eslovenia, espagne, espana,
    estados unidos, estados unidos de america, estonia, estonie, esuatini, eswatini, etat de la cite du vatican,
    etats-unis, etats-unis d'amerique, ethiopia, ethiopie, etiopia, falkland islands, faroe islands, fidji, fiji,
    filipinas, finland, finlande, finlandia, fiyi, france, francia, french guiana, french polynesia, french southern
    territories, gabon, gambia, gambie, georgia, georgie, georgie du sud-et-les iles sandwich du sud, germany,
    ghana, gibraltar, granada, great britain, grece, grecia, greece, greenland, grenada, grenade, groenland,
    groenlandia, guadalupe, guadeloupe, guam, guatemala, guayana francesa, guernesey, guernsey, guinea, guinea
    ecuatorial, guinea-bisau, guinea-bissau, guinee, guinee equatoriale, guinee-bissau, guyana, guyane francaise,
    haiti, holland, honduras, hong kong sar china, hongrie, hungary, hungria, iceland, ile christmas, ile de man,
    ile norfolk, iles aland, iles caimans, iles cocos, iles cook, iles feroe, iles malouines, iles mariannes du
    nord, iles marshall, iles mineures eloignees des etats-unis, iles pitcairn, iles salomon, iles turques-et-
    caiques, iles vierges britanniques, iles vierges des etats-unis, inde, india, indonesia, indonesie, irak, iran,
    iraq, ireland, irlanda, irlande, isla de man, isla de navidad, isla norfolk, islande, islandia, islas aland,
    islas caiman, islas cocos, islas cook, islas feroe, islas georgia del sur y sandwich del sur, islas malvinas,
    islas marianas del norte, islas marshall, islas menores alejadas de ee uu, islas pitcairn, islas salomon, islas
    turcas y caicos, islas virgenes britanicas, islas virgenes de ee uu, isle of man, israel, italia, italie, italy,
    ivory coast, jamaica, jamaique, japan, japon, jersey, jordan, jordania, jordanie, kazajistan, kazakhstan, kenia,
    kenya, kirghizstan, kirguistan, kiribati, korea, kosovo, koweit, ksa, kuwait, kyrgyzstan, la reunion, lao, laos,
    latvia, lebanon, lesotho, lesoto, letonia, lettonie, liban, libano, liberia, libia, libya, libye, liechtenstein,
    lithuania, lituania, lituanie, luxembourg, luxemburgo, macao sar china, macedoine du nord, macedonia, macedonia
    del norte, madagascar, malaisie, malasia, malaui, malawi, malaysia, maldivas, maldives, mali, malta, malte,
    maroc, marruecos, marshall islands, martinica, martinique, maurice, mauricio, mauritania, mauritanie, mauritius,
    mayotte, mexico, mexique, micronesia, micronesie, moldavia, moldavie, moldova, monaco, mongolia, mongolie,
    montenegro, montserrat, morocco, mozambique, myanmar, namibia, namibie, nauru, nepal, netherlands, new
    caledonia, new zealand, nicaragua, niger, nigeria, niue, norfolk island, north korea, north macedonia, northern
    ireland, northern mariana islands, noruega, norvege, norway, nouvelle-caledonie, nouvelle-zelande, nueva
    caledonia, nueva zelanda, oman, ouganda, ouzbekistan, paises bajos, pakistan, palaos, palau, palestine,
    palestinian territories, panama, papouasie-nouvelle-guinee, papua new guinea, papua nueva guinea, paraguay,
    pays-bas, pays-bas caribeens, perou, peru, philippines, pitcairn islands, poland, polinesia francesa, pologne,
    polonia, polynesie francaise, porto rico, portugal, prc, puerto rico, qatar, rae de hong kong, rae de macao, ras
    chinoise de hong kong, ras chinoise de macao, rdc, reino unido, republic of korea, republic of the congo,
    republica centroafricana, republica democratica del congo, republica dominicana, republique centrafricaine,
    republique dominicaine, reunion, romania, roumanie, royaume-uni, rsa, ruanda, rumania, rusia, russia, russian
    federation, russie, rwanda, sahara occidental, saint-barthelemy, saint-christophe-et-nieves, saint-marin, saint-
    martin, saint-pierre-et-miquelon, saint-vincent-et-les grenadines, sainte-helene, sainte-lucie, salvador, samoa,
    samoa americaines, samoa americana, san bartolome, san cristobal y nieves, san marino, san martin, san pedro y
    miquelon, san vicente y las granadinas, santa elena, santa lucia, santo tome y principe, sao tome and principe,
    sao tome-et-principe, sark, saudi arabia, scotland, senegal, serbia, serbie, seychelles, sierra leona, sierra
    leone, singapore, singapour, singapur, sint maarten, siria, slovakia, slovaquie, slovenia, slovenie, solomon
    islands, somalia, somalie, soudan, soudan du sud, south africa, south georgia and south sandwich islands, south
    korea, south sudan, spain, sri lanka, st barthelemy, st helena, st kitts and nevis, st lucia, st martin, st
    pierre and miquelon, st vincent and grenadines, state of palestine, sudafrica, sudan, sudan del sur, suecia,
    suede, suisse, suiza, surinam, suriname, svalbard and jan mayen, svalbard et jan mayen, svalbard y jan mayen,
    swaziland, sweden, switzerland, syria, syrie, tadjikistan, tailandia, taiwan, tajikistan, tanzania, tanzanie,
    tayikistan, tchad, tchequie, terres australes francaises, territoire britannique de l'ocean indien, territoires
    palestiniens, territorio britanico del oceano indico, territorios australes franceses, territorios palestinos,
    thailand, thailande, the bahamas, the gambia, the netherlands, the philippines, timor leste, timor oriental,
    timor-leste, togo, tokelau, tonga, trinidad and tobago, trinidad y tobago, trinite-et-tobago, tunez, tunisia,
    tunisie, turkey, turkiye, turkmenistan, turks and caicos islands, turquia, turquie, tuvalu, uae, ucrania,
    uganda, uk, ukraine, united arab emirates, united kingdom, united states, united states of america, uruguay, us,
    us outlying islands, us virgin islands, usa, uzbekistan, vanuatu, vatican city, venezuela, viet nam, vietnam,
    wales, wallis and futuna, wallis y futuna, wallis-et-futuna, western sahara, yemen, yibuti, zambia, zambie,
    zimbabue, zimbabwe
"""
COUNTRIES = frozenset(" ".join(name.split()) for name in _NAMES.split(","))
