"""Words by which names in a report are told: titles, words of organisations, known bodies, given names; written by hand."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a list.

    Examples
    --------
    >>> sorted(words("one two"))
    ['one', 'two']
    """
    return frozenset(text.split())


TITLES = words(
    """
    mr mrs ms miss dr prof professor sir dame lord lady president vice-president vice prime minister ministers deputy acting
    former ex-president foreign defence defense interior justice unification finance health education energy trade home secretary
    secretary-general undersecretary chancellor premier king queen prince princess emperor pope cardinal archbishop bishop father
    rev reverend imam ayatollah sheikh rabbi general gen colonel col major maj captain capt lieutenant lt sergeant sgt private
    admiral adm brigadier marshal commander commissar ambassador envoy consul senator sen congressman congresswoman representative
    rep governor gov mayor judge justice prosecutor attorney director chairman chairwoman chair chairperson chief commissioner
    ombudsman ombudswoman rapporteur spokesman spokeswoman spokesperson speaker leader lawmaker mp activist journalist lawyer
    analyst researcher coach editor officer inspector sheriff detective ceo supreme first senior high special assistant-secretary
    parliament republican democrat democratic libertarian rival independent conservative socialist nominee candidate affairs
    economy culture labour labor transport opposition party military army navy police presidential human rights national security
    adviser advisor counsellor councillor minister-counsellor head corporal warden superintendent monsignor comrade crown state
"""
)
"""Words that may stand before a person's name and are no part of it."""
SURE_TITLES = words(
    """
    mr mrs ms miss dr prof professor sir dame president vice-president minister secretary secretary-general chancellor premier
    king queen prince princess emperor pope cardinal archbishop bishop rev reverend imam ayatollah sheikh rabbi general gen
    colonel col major maj captain capt lieutenant lt sergeant sgt admiral adm brigadier marshal commander ambassador envoy consul
    senator sen congressman congresswoman representative rep governor gov mayor judge justice prosecutor director chairman
    chairwoman chief commissioner ombudsman ombudswoman rapporteur spokesman spokeswoman spokesperson speaker leader lawmaker mp
    activist journalist lawyer analyst researcher coach editor officer corporal adviser advisor professor head attorney
"""
)
"""Titles after which a capitalised word is a person, whatever the parser thinks."""

ORGANISATION_WORDS = words(
    """
    ministry department agency association institute institution university college academy council committee commission court
    tribunal parliament congress senate assembly bundestag duma rada knesset bureau office organisation organization foundation
    fund bank corporation company corp inc ltd group federation confederation union alliance league party movement front army navy
    force forces command corps brigade regiment battalion division police service services authority administration secretariat
    centre center network coalition initiative society trust press news times post herald tribune gazette journal daily guardian
    broadcasting television radio agency club team church diocese synod school hospital headquarters board cabinet directorate
    inspectorate prosecutors staff mission observatory watch international crescent cross bar chamber programme program laboratory
    lab project house airlines airways guard intelligence embassy consulate delegation ombudsman's union's ilbo sinmun shimbun
    newspaper weekly magazine review media ngo campaign forum collective wire echo messenger standard mirror star chronicle courier
    telegraph examiner terminals minerals industries holdings partners brothers motors systems mines airlines aid list online
"""
)
"""Words that make a capitalised phrase an organisation when it ends with one, or begins with one before "of" or "for"."""

OPENING_WORDS = words(
    """
    ministry department agency association institute university college academy council committee commission court tribunal
    parliament congress assembly bureau office organisation organization foundation fund bank federation confederation union
    alliance league party movement front service authority centre center network coalition society board chamber supreme embassy
    church prosecutor doctors reporters lawyers mothers citizens campaign high database house guardians partnership church
    international government radio agence channel
"""
)

_KNOWN = """
United Nations|UN|U.N.
UN Security Council|United Nations Security Council|UNSC|Security Council
UN General Assembly|United Nations General Assembly|UNGA|General Assembly
UN Human Rights Council|United Nations Human Rights Council|UNHRC|Human Rights Council
OHCHR|UN Human Rights Office|United Nations High Commissioner for Human Rights|UN High Commissioner for Human Rights
UNHCR|UN refugee agency|United Nations High Commissioner for Refugees|UN High Commissioner for Refugees
UNICEF|United Nations Children's Fund
UNESCO
World Food Programme|WFP
World Health Organization|WHO|World Health Organisation
International Atomic Energy Agency|IAEA
International Organization for Migration|IOM
International Labour Organization|ILO
International Criminal Court|ICC
International Court of Justice|ICJ
European Court of Human Rights|ECtHR
European Union|EU|E.U.
European Commission
European Parliament
Council of Europe
Organization for Security and Co-operation in Europe|OSCE
NATO|North Atlantic Treaty Organization|North Atlantic Treaty Organisation
African Union|AU
Arab League
ASEAN
G7
G20
OPEC
OPCW|Organisation for the Prohibition of Chemical Weapons
International Monetary Fund|IMF
World Bank
International Committee of the Red Cross|ICRC
Red Cross
Red Crescent
Amnesty International|Amnesty
Human Rights Watch|HRW
Doctors Without Borders|Médecins Sans Frontières|Medecins Sans Frontieres|MSF
Reporters Without Borders|RSF
Committee to Protect Journalists|CPJ
Reuters
Associated Press|AP|The Associated Press
Agence France-Presse|AFP
DW|Deutsche Welle
BBC|British Broadcasting Corporation
CNN
NPR
NBC
CBS
ABC
Fox News
NHK
KBS
MBC
SBS
YTN
TASS
RIA Novosti|RIA
Interfax
Ukrinform
Suspilne
Xinhua
Yonhap|Yonhap News Agency|Yonhap news agency
KCNA|Korean Central News Agency
Kyodo|Kyodo News
Al Jazeera
Al Arabiya
Le Monde
Der Spiegel
Bloomberg
Hankook Ilbo|The Hankook Ilbo
Chosun Ilbo|The Chosun Ilbo
JoongAng Ilbo
Dong-A Ilbo
Rodong Sinmun
Hankyoreh|The Hankyoreh
Radio Free Asia|RFA
Radio Free Europe|RFE/RL
Voice of America|VOA
New York Times|The New York Times|NYT
Washington Post|The Washington Post
Wall Street Journal|The Wall Street Journal|WSJ
Financial Times|The Financial Times|FT
Guardian|The Guardian
The Times
The Economist|Economist
The Sun
Telegraph|The Telegraph|The Daily Telegraph|Daily Telegraph
Kyiv Independent|The Kyiv Independent
Kremlin|the Kremlin
White House
Pentagon
State Department|US State Department|U.S. State Department
Downing Street
Blue House
Verkhovna Rada
Knesset
Bundestag
State Duma
Security Service of Ukraine|SBU
Federal Security Service|FSB
GRU
Central Intelligence Agency|CIA
Federal Bureau of Investigation|FBI
National Intelligence Service|NIS
MI6
Mossad
Hamas
Hezbollah
Taliban
Islamic State|ISIS|ISIL|IS
al-Qaeda|Al-Qaeda|Al Qaeda
Houthis
Wagner|Wagner Group
Workers' Party of Korea|Workers’ Party of Korea
Facebook
Twitter
Telegram
Google
Meta
Microsoft
"""
KNOWN: dict[str, str] = {spelling: row.split("|")[0] for row in _KNOWN.strip().split("\n") for spelling in row.split("|")}
"""Well-known bodies under every spelling, and the name used here. The Guardian and the like need "the" before them in `names`."""
NEEDS_CONTEXT = frozenset(
    {"Telegraph", "Guardian", "Economist", "Meta", "IS", "AU", "FT", "WHO", "Wagner", "Amnesty", "ABC", "RIA", "Telegram"}
)
"""Spellings that are everyday words: they count where the parser too sees an organisation, or after "the"."""

FAMILY_FIRST = words(
    """
    Kim Lee Park Choi Choe Jung Jeong Jong Kang Cho Jo Yoon Yun Jang Chang Lim Im Han Oh Seo Suh Shin Sin Kwon Hwang Ahn An Song
    Ryu Yoo Yu Hong Ko Koh Moon Mun Yang Son Sohn Bae Paek Baek Heo Hur Nam Noh Roh Ro No Ha Joo Ju Chung Min Ri Rhee Pak Chae Cha
    Ban Xi Wang Li Zhang Liu Chen Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin Guo Luo Liang Tang Deng Mao Hua Peng Qin Jiang Nguyen
    Tran Pham Le Vo Abe
"""
)
"""Family names that stand first in Korean, Chinese and Vietnamese names."""

GIVEN_NAMES = words(
    """
    James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark Donald Steven
    Stephen Paul Andrew Joshua Kenneth Kevin Brian George Edward Ronald Timothy Jason Jeffrey Ryan Jacob Gary Nicholas Eric
    Jonathan Larry Justin Scott Brandon Benjamin Samuel Frank Gregory Raymond Alexander Patrick Jack Dennis Jerry Peter Henry Adam
    Nathan Walter Simon Martin Philip Alan Ian Neil Tony Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen
    Nancy Lisa Margaret Betty Sandra Ashley Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Laura Helen Sharon
    Cynthia Kathleen Amy Anna Angela Ruth Brenda Nicole Katherine Catherine Samantha Christine Emma Rachel Maria Julia Olivia
    Alice Jane Claire Kate Sophie Charlotte Hannah Lucy Victoria Diana Irene Eva Ursula Angela Hans Karl Klaus Jürgen Friedrich
    Stefan Andreas Wolfgang Heinrich Emmanuel François Pierre Jean Jacques Marie Louis Michel Giorgia Giuseppe Marco Luigi Paolo
    Antonio José Juan Carlos Luis Miguel Pedro Pablo Javier Fernando Manuel Jorge Ana Carmen Isabel Lucia Elena Sofia Vladimir
    Volodymyr Dmitry Dmytro Sergei Sergey Serhiy Oleksandr Aleksandr Alexei Oleksiy Andriy Andrei Mykhailo Mikhail Mykola Nikolai
    Ivan Yuri Yuriy Viktor Petro Pavlo Oleh Oleg Ihor Igor Bohdan Taras Maksym Maxim Vasyl Yevhen Roman Anton Artem Denys Vitaliy
    Vitali Valeriy Valery Anatoly Boris Olena Olha Olga Oksana Iryna Irina Natalia Nataliya Kateryna Tetiana Tatyana Svitlana
    Svetlana Yulia Yuliia Halyna Mariia Daria Mohammed Muhammad Mohamed Ahmed Ahmad Ali Hassan Hussein Omar Abdullah Ibrahim Yusuf
    Khalid Mahmoud Mustafa Fatima Aisha Layla Amina Noor Samir Tariq Bashar Benjamin Yitzhak Ariel Yoav Benny Shimon Ehud Recep
    Mehmet Hakan Elif Ayse Narendra Rahul Priya Sanjay Amit Rajesh Shinzo Fumio Yuki Hiroshi Kenji Takashi Keiko Akira Kwame Kofi
    Nelson Desmond Ngozi Amara Chinedu Abiy Paul Cyril Volker Antonio António Marta Piotr Jan Lech Donald Anne Elizabeth Tomoya
    Elina Tamar Giorgi Levan Nino Aung Min Thomas Joe Barack Hillary Kamala Bernie Marco Mike Jim Bob Bill Tom Tim Dan Ben Sam
    Alex Chris Nick
"""
)
"""Common given names of many countries: a phrase that begins with one is a person."""

PLACES = words(
    """
    Crimea Donbas Donetsk Luhansk Kursk Belgorod Kherson Zaporizhzhia Mariupol Kharkiv Odesa Lviv Bakhmut Gaza Rafah Hebron
    Kashmir Xinjiang Tibet Aleppo Idlib Mosul Darfur Tigray Goma Geneva Strasbourg Busan Incheon Panmunjom Kaesong Vladivostok
    Guantanamo Istanbul Shanghai Dubai Karachi Mumbai Lagos Melbourne Sydney Toronto Munich Hamburg Barcelona Europe Asia Africa
    Siberia
    """
)
"""Places that are no states and that small models take for people or organisations."""

PEOPLE = words(
    """
    soldier activist official defector prisoner detainee captive refugee migrant protester demonstrator lawyer journalist reporter
    expert analyst diplomat minister lawmaker legislator senator politician researcher scholar historian observer critic supporter
    opponent witness survivor victim resident villager civilian family relative parent mother father brother sister son daughter
    child wife husband friend neighbour neighbor colleague doctor nurse medic paramedic teacher student worker farmer fisherman
    miner driver pilot sailor crew captain commander officer general fighter rebel militant insurgent guerrilla gunman hostage
    envoy negotiator mediator ambassador spokesman spokeswoman spokesperson aide adviser advisor assistant deputy president
    chancellor premier king queen prince leader chief head chairman chairwoman director manager executive owner judge prosecutor
    investigator inspector policeman detective guard warden volunteer campaigner advocate exile dissident escapee deserter
    returnee conscript recruit veteran troop man woman people person person inmate suspect defendant plaintiff author economist
    scientist physician monitor rapporteur delegate delegation monk priest bishop pastor rabbi imam citizen national voter
    taxpayer tenant trader shopkeeper rescuer firefighter interpreter translator editor columnist blogger mayor governor source
    insider interviewee respondent pow serviceman servicewoman reservist mercenary partisan separatist islander settler passenger
    pensioner forces troops personnel staff ombudsman commissioner secretary counsel attorney solicitor barrister historian
    professor academic psychologist nun widow orphan
"""
)
"""Nouns for people, singular: a noun phrase with such a head is somebody."""

BODIES = words(
    """
    government ministry army military navy police parliament court regime administration agency institute association committee
    commission council party company union university newspaper broadcaster outlet magazine department embassy office authority
    tribunal cabinet junta militia organisation organization group ngo charity hospital foundation prosecution defence board
    bureau intelligence kremlin delegation coalition alliance federation church opposition presidency senate congress assembly
    bank station channel website paper leadership team command secretariat watchdog mission service television
"""
)
"""Nouns for bodies of people, singular."""

COMPOUNDS = words(
    """
    based led backed born run held made style era controlled occupied sponsored funded wide brokered linked aligned
    """
)
"""Words that after a hyphen make a name an adjective: Bogotá-based."""

NO_NAMES = words(
    """
    i i'm i’m i'll i’ll i've i’ve the a an this that these those he she they we you it his her their our my its there here but and
    or if when while after before since although though because as in on at by for from to with of not no yes according article
    articles section mr. both one historically please also however meanwhile still even some many most several all every each what
    why how who where which then now today yesterday tomorrow god internet covid covid-19 pow pows ngo ngos ceo tv us-led
    """
)
"""Words that a sentence may begin with, and others with a capital letter that name nobody."""
