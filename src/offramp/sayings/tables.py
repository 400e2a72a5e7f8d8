"""Small tables of English, written by hand: words that carry little, irregular forms, and words that reports use for one another.

Each line of `SYNONYMS` is one concept; a member of several words counts as a whole. ``SELF`` stands for himself, themselves and the
like, ``POSS`` for his, their and the like. The table is about the vocabulary of reporting on conflicts, not about English.
"""

from __future__ import annotations


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP = _listed(
    """a about above after again all also although am among an and any anybody anyone anything are as at be because been before being
    below between both but by can could did do does doing done down during each either else ever every everybody everyone everything
    few for from further get gets getting got had has have having he her here hers him his how however i if in into is it its just
    may me might mine more most much must my no nobody nor not nothing now of off on once one only or other others otherwise our ours
    out over own quite rather really same shall she should since so some somebody someone something still such than that the their
    theirs them then there therefore these they this those though through thus till to too toward towards under unless until up upon us very
    was we were what whatever when where whether which while who whoever whom whose why will with within without would yet you your yours
    neither none never nowhere across against along around besides except like near per via already almost always often soon even
    s t re ve ll d m"""
)
"""Words that say nothing of what an utterance is about."""

REPORTING = _listed(
    """say said tell told ask add announce argue claim comment declare describe explain express indicate mention note observe recall remark
    report reportedly reply speak spoke state stress suggest talk warn according statement spokesman spokesperson quote call"""
)
"""What reports say *that* something was said with; in an utterance such words weigh half."""

LIGHT = _listed(
    """come give go good great have keep know let long look make man matter mean need new people put see take thing think time use want way
    year day week month today yesterday tomorrow try wish ready important people person part place case point question problem
    situation issue country state hold bring become find first last many two"""
)
"""Words that nearly every utterance may hold; they weigh half."""

NEGATIVE = _listed("not no never none nobody nothing neither nor nowhere cannot")
DENYING = _listed(
    """without refuse decline deny reject fail lack unable prevent prohibit forbid ban avoid against unwilling hardly barely rarely
    impossible stop unlikely doubt rule instead empty"""
)
"""Words that may stand for a negation in another rendering."""

BREAKS = _listed(
    "and but while whereas which who whom whose that because although though if when after before until unless as so or nor"
)
"""Words with which another clause begins."""

PREPOSITIONS = _listed(
    """in on at by with from under near since for to into during within through over across against among between along around towards
    toward upon without via per"""
)
"""Words after which it is told where, when or with whom something happened, and no longer what; "of" is none of them."""

FUTURE = _listed("will would shall should may might could must can")
PAST = _listed("was were been has have had did")
AUXILIARIES = FUTURE | PAST | _listed("am is are be being do does get got")
COPULA = _listed("am is are was were be been")
DETERMINERS = _listed("the these those its their his her our your my all")
NO_VERBS = _listed("children feet men women thieves wives lives leaves left better worst worse best good")
"""Irregular forms that are no verbs, or need not be."""

HAPPENING = _listed("death harm capture release execution suicide torture return miss swap handover resettle")
"""Concepts of what happens to those who are counted."""

SELF = _listed("himself herself itself themselves myself yourself ourselves oneself")
POSS = _listed("his her its their my your our")

_FORMS = """
    am:be are:be is:be was:be were:be been:be has:have had:have did:do done:do does:do ate:eat beaten:beat became:become began:begin
    begun:begin bent:bend blew:blow blown:blow bought:buy broke:break broken:break brought:bring built:build burnt:burn came:come
    caught:catch children:child chose:choose chosen:choose dealt:deal died:die drew:draw drawn:draw driven:drive drove:drive
    dying:die fed:feed feet:foot fell:fall fallen:fall felt:feel fled:flee flew:fly flown:fly forbade:forbid forbidden:forbid
    forgot:forget forgotten:forget fought:fight found:find froze:freeze frozen:freeze gave:give given:give gone:go grew:grow
    grown:grow heard:hear held:hold hid:hide hidden:hide hung:hang kept:keep knew:know known:know laid:lay led:lead left:leave
    lain:lie lives:life lost:lose lying:lie made:make meant:mean men:man met:meet paid:pay ran:run risen:rise rose:rise sank:sink
    sat:sit saw:see seen:see sent:send shot:shoot shown:show sold:sell sought:seek spent:spend spoke:speak spoken:speak stole:steal
    stolen:steal stood:stand struck:strike swore:swear sworn:swear taken:take taught:teach thieves:thief thought:think threw:throw
    thrown:throw told:tell took:take tried:try went:go wives:wife women:woman won:win wore:wear worn:wear wrote:write written:write
    preferred:prefer relied:rely lied:lie said:say tied:tie worse:bad worst:bad better:good best:good
"""
IRREGULAR = dict(pair.split(":") for pair in _FORMS.split())
"""Forms that endings do not tell."""

SYNONYMS = """\
suicide: commit suicide, kill SELF, blow SELF up, blow up SELF, take POSS own life, take POSS life, end POSS life, die by POSS own hand
capture: arrest, seize, take prisoner, be taken, fall into enemy hands, fall into the hands, apprehend, captivity
capture: detain, detention, take into custody
prisoner: prisoner of war, pow, captive, detainee, inmate, internee, hostage, prisoner
soldier: troop, serviceman, fighter, combatant, conscript, soldier
return: go back, go home, come home, send home, send back, repatriate, repatriation, hand back, bring back, turn back, be home
handover: hand over, extradite, extradition, deliver, surrender
swap: exchange, trade, bargain, barter, all for all
release: set free, free, let go, liberate, liberation, freedom
accept: receive, take in, admit, welcome, shelter
refuse: decline, reject, turn down, rebuff
resettle: relocate, transfer, move, bring over
family: relative, kin, kinsman, next of kin, parent, relation
punishment: punish, penalty, reprisal, retaliation, retaliate, repercussion, sentence
execution: execute, death penalty, put to death, capital punishment
death: die, kill, dead, perish
torture: ill treatment, mistreat, mistreatment, abuse
harm: hurt, injure, injury, wound
danger: risk, peril, threat, threaten, endanger
fear: afraid, dread, worry, worried, frighten
talks: negotiation, negotiate, consult, consultation, dialogue, discuss, discussion, talk over
agreement: deal, accord, pact, treaty, agree, consent
ceasefire: truce, armistice, end of hostilities
war: hostilities, fighting, combat
attack: assault, raid, storm, offensive
government: authorities, administration, cabinet
president: head of state, presidency
leader: head, chief
minister: ministry
envoy: emissary, special representative, delegate
official: functionary, civil servant
court: tribunal, judge
law: legal, lawful, legislation, legality
international law: law of nations
treaty convention: geneva convention, third geneva convention, convention
delay: postpone, hold up, drag on
excuse: pretext, cover story
tangle: entanglement, complication, complicated, complex, knot
prevent: hinder, obstruct, stand in the way, in the way, block, bar, obstacle
reluctant: hesitant, hesitate, unwilling, hesitation, not keen
need: require, necessary, essential, indispensable
quick: fast, prompt, at once, immediate, without delay, urgent, swift
direct: in person, personal, face to face
upset: anger, annoy, provoke, offend
hide: conceal, cover up
silent: keep quiet, silence, keep silent, stay silent
declare: proclaim
sure: certain, confirm, confirmed
build: construct
rebuild: reconstruct, reconstruction
begin: start, launch, commence
resume: restart, begin again
end: finish, close down, conclude, be over, expire, run out, exhaust, halt, cease
close: shut
leave: depart, drive out, go out
withdraw: pull out, pull back, retreat
stay: remain
keep: hold on to
house: home, dwelling
asylum: refuge, refugee status
refugee: displaced person
wish: want, desire, would like, ask to
free will: own will, own choice
school: classroom
port: harbour, harbor
ship: vessel, boat
lorry: truck
car: vehicle
doctor: physician
money: fund, cash
weapon: arms, gun
bomb: explosive
leak: spill
permit: licence, license, authorisation, authorization, allow, permission
illness: disease, sickness, ill, sick
epidemic: outbreak
animal: cattle, beast
village: villager
island: islander
food: grain, wheat
ton: tonne
month: four weeks
dawn: daybreak, first light
child: kid, minor, infant, baby, youngster
daughter son: daughter, son
brother sister: sibling
boss: employer
purpose: deliberate, intentional, on purpose, deliberately
warehouse: storehouse, store, depot
recognise: recognize
organisation: organization, group, association
know: be aware, aware
hear: listen
look for: seek, search
look after: protect, protection, safeguard
help: assist, assistance, aid, support
pressure: press, push, lean on
worse: bad
poor: poverty
elect: vote, poll, ballot
strike: walkout, industrial action, striker
resign: step down, quit
dismiss: sack, remove from office, fire from office
betray: treason, traitor, treacherous, betrayal
enemy: foe, other side
citizen: national, nationality, citizenship
public: publicity, attention, scrutiny
prison: jail, penitentiary, dungeon
interrogate: interrogation, grill
accuse: accusation, allege, allegation, indict, indictment
confess: confession, own up
crime: offence, offense, felony
guilty: guilt, to blame, at fault
murder: assassinate, assassination, slay, homicide, slaughter, massacre
shoot: open fire, gun down
shell: bombard, bombardment, bombing, air strike, airstrike
destroy: demolish, wreck, raze, ruin, flatten, destruction
border: frontier
army: military, armed forces
police: policeman, police officer
guard: warder, jailer, warden
rebel: insurgent, militant, rebellion
flee: escape, run away, get away
rescue: save, bring to safety
survive: survival, stay alive
hunger: starve, starvation, hungry, famine, malnourished, undernourished, malnutrition
medicine: medication, medical supplies
hospital: clinic
husband wife: spouse, husband, wife
old: elderly, aged
rich: wealthy
worker: employee, labourer, laborer
wage: salary, earnings
company: firm, business, enterprise, corporation
cost: price, expense
increase: rise, raise, grow, growth, go up, climb
decrease: reduce, reduction, shrink, go down
promise: pledge, vow, guarantee, assure, assurance
demand: insist, call for
request: petition, plea
offer: propose, proposal
oppose: object to, objection
criticise: criticize, criticism, condemn, condemnation, denounce
praise: applaud, commend
plan: intend, intention
decide: decision
choose: choice, opt
lawmaker: legislator, member of parliament, mp
coup: putsch, overthrow, topple
protest: demonstration, demonstrate, rally, demonstrator, protester
ban: prohibit, forbid, outlaw, prohibition
compel: force, coerce, oblige
right: entitled, entitlement
obligation: duty
violate: breach, infringe, violation, infringement, flout
obey: comply, adhere, abide, compliance, stick to
sign: signature, signatory
confiscate: impound, confiscation
evidence: proof, prove
investigate: investigation, probe, inquiry, enquiry, look into
journalist: reporter, correspondent
secret: confidential, classified, covert
spy: espionage
lie: falsehood, untrue, false, untruth
mistake: error
continue: go on, keep on, carry on
happen: occur, take place
arrive: reach, get to
meet: meeting, summit
road: highway, route
plane: aircraft, jet, airplane
missile: rocket
fire: blaze, burn, flame
flood: inundate, inundation
earthquake: quake, tremor
fuel: petrol, gasoline, diesel
nuclear: atomic
poison: toxic, contaminate, contamination, pollute, pollution
harvest: crop
student: pupil
bury: burial, funeral
corpse: dead body
photograph: photo, picture, image
video: footage, film
defect: defector, desert, deserter
homeland: home country, motherland, fatherland, native country
neighbour: neighbor
friend: comrade, companion
surround: encircle, besiege, siege
large: big, huge
small: little, tiny
majority: most people
opportunity: prospect
shame: ashamed, disgrace
brave: courage, courageous
cruel: brutal, brutality, cruelty, inhuman
beat: batter, thrash
follow: shadow, tail
hostile: unfriendly, hostility
north korea: pyongyang, the north, dprk, north korean
south korea: seoul, the south, rok, republic of korea, south korean
ukraine: kyiv, kiev, ukrainian
russia: moscow, kremlin, russian
united states: washington, white house, america, american, usa
united kingdom: london, britain, british
china: beijing, chinese
japan: tokyo, japanese
germany: berlin, german
france: paris, french
israel: jerusalem, israeli
iran: tehran, iranian
turkey: ankara, turkish, turkiye
european union: eu, brussels
united nations: un
red cross: icrc, red crescent
"""
"""One concept a line: its name, then words and phrases that reports use for it. A long one goes on in a line with the same name."""
