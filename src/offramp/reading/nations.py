"""The states of the world with what belongs to them, their capitals, and other names; written by hand."""

from __future__ import annotations

_TABLE = """
Afghanistan|Afghan|Kabul
Albania|Albanian|Tirana
Algeria|Algerian|Algiers
Andorra|Andorran|Andorra la Vella
Angola|Angolan|Luanda
Antigua and Barbuda|Antiguan|Saint John's
Argentina|Argentine,Argentinian|Buenos Aires
Armenia|Armenian|Yerevan
Australia|Australian|Canberra
Austria|Austrian|Vienna
Azerbaijan|Azerbaijani,Azeri|Baku
Bahamas|Bahamian|Nassau
Bahrain|Bahraini|Manama
Bangladesh|Bangladeshi|Dhaka
Barbados|Barbadian|Bridgetown
Belarus|Belarusian,Belarussian|Minsk
Belgium|Belgian|Brussels
Belize|Belizean|Belmopan
Benin|Beninese|Porto-Novo
Bhutan|Bhutanese|Thimphu
Bolivia|Bolivian|La Paz
Bosnia and Herzegovina|Bosnian|Sarajevo|Bosnia,Bosnia-Herzegovina
Botswana|Botswanan|Gaborone
Brazil|Brazilian|Brasilia
Brunei|Bruneian|Bandar Seri Begawan
Bulgaria|Bulgarian|Sofia
Burkina Faso|Burkinabe|Ouagadougou
Burundi|Burundian|Gitega
Cambodia|Cambodian|Phnom Penh
Cameroon|Cameroonian|Yaounde
Canada|Canadian|Ottawa
Cape Verde|Cape Verdean|Praia|Cabo Verde
Central African Republic|Central African|Bangui
Chad|Chadian|N'Djamena
Chile|Chilean|Santiago
China|Chinese|Beijing|People's Republic of China,PRC
Colombia|Colombian|Bogota|
Comoros|Comorian|Moroni
Republic of the Congo|Congolese|Brazzaville|Congo-Brazzaville
Democratic Republic of the Congo|Congolese|Kinshasa|DR Congo,DRC,Congo,Democratic Republic of Congo
Costa Rica|Costa Rican|San Jose
Ivory Coast|Ivorian|Yamoussoukro|Cote d'Ivoire,Côte d'Ivoire
Croatia|Croatian|Zagreb
Cuba|Cuban|Havana
Cyprus|Cypriot|Nicosia
Czech Republic|Czech|Prague|Czechia
Denmark|Danish|Copenhagen
Djibouti|Djiboutian|
Dominica||Roseau
Dominican Republic|Dominican|Santo Domingo
East Timor|Timorese|Dili|Timor-Leste
Ecuador|Ecuadorian,Ecuadorean|Quito
Egypt|Egyptian|Cairo
El Salvador|Salvadoran|San Salvador
Equatorial Guinea|Equatoguinean|Malabo
Eritrea|Eritrean|Asmara
Estonia|Estonian|Tallinn
Eswatini|Swazi|Mbabane|Swaziland
Ethiopia|Ethiopian|Addis Ababa
Fiji|Fijian|Suva
Finland|Finnish|Helsinki
France|French|Paris
Gabon|Gabonese|Libreville
Gambia|Gambian|Banjul
Georgia|Georgian|Tbilisi
Germany|German|Berlin
Ghana|Ghanaian|Accra
Greece|Greek|Athens
Grenada|Grenadian|
Guatemala|Guatemalan|Guatemala City
Guinea|Guinean|Conakry
Guinea-Bissau||Bissau
Guyana|Guyanese|Georgetown
Haiti|Haitian|Port-au-Prince
Honduras|Honduran|Tegucigalpa
Hungary|Hungarian|Budapest
Iceland|Icelandic|Reykjavik
India|Indian|New Delhi,Delhi
Indonesia|Indonesian|Jakarta
Iran|Iranian|Tehran|Islamic Republic of Iran
Iraq|Iraqi|Baghdad
Ireland|Irish|Dublin
Israel|Israeli|Jerusalem
Italy|Italian|Rome
Jamaica|Jamaican|
Japan|Japanese|Tokyo
Jordan|Jordanian|Amman
Kazakhstan|Kazakh,Kazakhstani|Astana
Kenya|Kenyan|Nairobi
Kiribati||Tarawa
Kosovo|Kosovar|Pristina
Kuwait|Kuwaiti|Kuwait City
Kyrgyzstan|Kyrgyz|Bishkek
Laos|Lao,Laotian|Vientiane
Latvia|Latvian|Riga
Lebanon|Lebanese|Beirut
Lesotho|Basotho|Maseru
Liberia|Liberian|Monrovia
Libya|Libyan|Tripoli
Liechtenstein||Vaduz
Lithuania|Lithuanian|Vilnius
Luxembourg|Luxembourgish|
Madagascar|Malagasy|Antananarivo
Malawi|Malawian|Lilongwe
Malaysia|Malaysian|Kuala Lumpur
Maldives|Maldivian|Male
Mali|Malian|Bamako
Malta|Maltese|Valletta
Marshall Islands|Marshallese|Majuro
Mauritania|Mauritanian|Nouakchott
Mauritius|Mauritian|Port Louis
Mexico|Mexican|Mexico City
Micronesia|Micronesian|Palikir
Moldova|Moldovan|Chisinau
Monaco|Monegasque|
Mongolia|Mongolian|Ulaanbaatar
Montenegro|Montenegrin|Podgorica
Morocco|Moroccan|Rabat
Mozambique|Mozambican|Maputo
Myanmar|Burmese|Naypyidaw|Burma
Namibia|Namibian|Windhoek
Nauru|Nauruan|Yaren
Nepal|Nepali,Nepalese|Kathmandu
Netherlands|Dutch|The Hague,Amsterdam|Holland
New Zealand||Wellington
Nicaragua|Nicaraguan|Managua
Niger|Nigerien|Niamey
Nigeria|Nigerian|Abuja
North Korea|North Korean|Pyongyang|DPRK,Democratic People's Republic of Korea,Democratic People’s Republic of Korea,the North
North Macedonia|Macedonian|Skopje
Norway|Norwegian|Oslo
Oman|Omani|Muscat
Pakistan|Pakistani|Islamabad
Palau|Palauan|Ngerulmud
Palestine|Palestinian|Ramallah
Panama|Panamanian|Panama City
Papua New Guinea|Papua New Guinean|Port Moresby
Paraguay|Paraguayan|Asuncion
Peru|Peruvian|Lima
Philippines|Philippine,Filipino|Manila
Poland|Polish|Warsaw
Portugal|Portuguese|Lisbon
Qatar|Qatari|Doha
Romania|Romanian|Bucharest
Russia|Russian|Moscow|Russian Federation,Kremlin
Rwanda|Rwandan|Kigali
Saint Lucia||Castries
Samoa|Samoan|Apia
San Marino||
Sao Tome and Principe||Sao Tome
Saudi Arabia|Saudi,Saudi Arabian|Riyadh
Senegal|Senegalese|Dakar
Serbia|Serbian|Belgrade
Seychelles||Victoria
Sierra Leone|Sierra Leonean|Freetown
Singapore|Singaporean|
Slovakia|Slovak|Bratislava
Slovenia|Slovenian|Ljubljana
Solomon Islands||Honiara
Somalia|Somali|Mogadishu
South Africa|South African|Pretoria
South Korea|South Korean|Seoul|Republic of Korea,ROK,the South
South Sudan|South Sudanese|Juba
Spain|Spanish|Madrid
Sri Lanka|Sri Lankan|Colombo
Sudan|Sudanese|Khartoum
Suriname|Surinamese|Paramaribo
Sweden|Swedish|Stockholm
Switzerland|Swiss|Bern,Berne
Syria|Syrian|Damascus
Taiwan|Taiwanese|Taipei
Tajikistan|Tajik|Dushanbe
Tanzania|Tanzanian|Dodoma
Thailand|Thai|Bangkok
Togo|Togolese|Lome
Tonga|Tongan|Nuku'alofa
Trinidad and Tobago|Trinidadian|Port of Spain
Tunisia|Tunisian|Tunis
Turkey|Turkish|Ankara|Türkiye,Turkiye
Turkmenistan|Turkmen|Ashgabat
Tuvalu||Funafuti
Uganda|Ugandan|Kampala
Ukraine|Ukrainian|Kyiv,Kiev
United Arab Emirates|Emirati|Abu Dhabi|UAE,U.A.E.
United Kingdom|British|London|UK,U.K.,Britain,Great Britain
United States|American,US,U.S.|Washington|US,U.S.,USA,U.S.A.,America,United States of America
Uruguay|Uruguayan|Montevideo
Uzbekistan|Uzbek|Tashkent
Vanuatu||Port Vila
Vatican||Vatican City|Holy See
Venezuela|Venezuelan|Caracas
Vietnam|Vietnamese|Hanoi
Yemen|Yemeni|Sanaa
Zambia|Zambian|Lusaka
Zimbabwe|Zimbabwean|Harare
Soviet Union|Soviet||USSR,U.S.S.R.
European Union|European|
"""


def _columns() -> list[tuple[str, list[str], list[str], list[str]]]:
    rows = []
    for line in _TABLE.split("\n"):
        if line:
            name, *lists = line.split("|")
            adjectives, capitals, others = ([word for word in cell.split(",") if word] for cell in (*lists, "", "")[:3])
            rows.append((name, adjectives, capitals, others))
    return rows


_ROWS = [row for row in _columns() if row[0] != "European Union"]
STATES: dict[str, str] = {spelling: name for name, _, _, others in _ROWS for spelling in (name, *others)}
"""Every spelling of a state's name, and the name used here."""
ADJECTIVES: dict[str, str] = {word: name for name, adjectives, _, _ in _ROWS for word in adjectives}
"""The adjective of a state, and the state. Congolese is taken for the Democratic Republic."""
CAPITALS: dict[str, str] = {city: name for name, _, capitals, _ in _ROWS for city in capitals}
"""Cities that stand for a government, and the state."""


def state_of(word: str) -> str | None:
    """Return the state that a name, an adjective or a plural of people belongs to.

    Examples
    --------
    >>> state_of("Ukrainian"), state_of("North Koreans"), state_of("ROK"), state_of("Kursk")
    ('Ukraine', 'North Korea', 'South Korea', None)
    """
    plain = word.replace("’", "'")
    known = STATES.get(plain) or ADJECTIVES.get(plain)
    return known or (ADJECTIVES.get(plain[:-1]) if plain.endswith("s") else None)
