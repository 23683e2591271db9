"""Chat spelling and the words it stands for; one row each: as typed = as meant."""

from bot.understanding.lexicon.abbreviations_en import ENGLISH


def _rows(lines: str) -> dict[str, tuple[str, ...]]:
    rows = (line.split("=") for line in lines.strip().splitlines())
    return {typed: tuple(meant.split()) for left, meant in rows for typed in left.split()}


_DUTCH = """
vd v/d v.d. vdr = van de
grg graah = graag
wnr wneer = wanneer
numer nummr numr = nummer
vlgnde volgnde vlgende volgend3 volgede = volgende
pishing phising fishing pishin = phishing
btld = betaald
nvm = never mind
bvd = alvast bedankt
alvst = alvast
dmv = door middel van
evt = eventueel
wschl waarsch = waarschijnlijk
weekdn = weekend
verkeert = verkeerd
gestuurt = gestuurd
beschadigt = beschadigd
geannuleert = geannuleerd
overgeboekd = overgeboekt
overgemaakd = overgemaakt
gepint = gepind
geregelt = geregeld
vh = van het
k 'k = ik
kga kgaa = ik ga
kzal = ik zal
kheb kheb'k kep = ik heb
kben = ik ben
kkan kka = ik kan
kwil = ik wil
kzou = ik zou
kmoet = ik moet
kbetaal = ik betaal
kdoe = ik doe
bestelt = besteld
gelevert = geleverd
kmaak = ik maak
kregel = ik regel
kweet = ik weet
kdacht kdach = ik dacht
khad = ik had
khoef = ik hoef
kstort = ik stort
ikzal = ik zal
hb = heb
betlaad betaadl betaalf betaadl = betaald
binnekort binenkort binnkort = binnenkort
nubmer numbr nmber = number
jl j.l = jongstleden
laaste laatse laatst3 = laatste
daagn dagn = dagen
derna = erna
ikga = ik ga
ikheb = ik heb
ikkan = ik kan
ikbetaal = ik betaal
kan'k kank kannek = kan ik
heb'k hebk = heb ik
ga'k gak = ga ik
zal'k zalk = zal ik
m'n mn = mijn
z'n zn = zijn
d'r = haar
zo'n = zo een
't = het
da'k = dat ik
das = dat is
tis t'is 't'is = het is
da = dat
da's = dat is
jazeker = ja zeker
t = het
gij ge = jij
ni = niet
nimeer = niet meer
moogt = mag
den = de
nen ne = een
subiet sebiet = meteen
pauseer pauzeer's = pauzeer
pauseren = pauzeren
doek = doe ik
iedre = iedere
midag middg = middag
mogenlijk = mogelijk
dgen dagn = dagen
kunde = kun je
gade = ga je
hebde = heb je
kheb'et = ik heb het
nekeer = een keer
goe = goed
rekeningnr reknr rek.nr bankrek = rekeningnummer
daagjes daagskes dagskes dage daage dagne daagen = dagen
termijntjes = termijnen
deeltjes = delen
keertjes keertje = keer
tzal t'zal = het zal
maandjes maande mande maandn mndn maandnen = maanden
wek wekk = week
halfeen = half een
halftwee = half twee
halfdrie = half drie
halfvier = half vier
halfvijf = half vijf
halfzes = half zes
halfzeven = half zeven
halfacht = half acht
halfnegen = half negen
halftien = half tien
halfelf = half elf
halftwaalf = half twaalf
mnd = maand
j.l. j.l = jl
eint eidn = eind
verrigt = verricht
weekjes wekjes = weken
uurkes = uren
momentje momentjes ogenblikje secondje secje = moment
verzoekje = verzoek
halfje helftje halfke = helft
kunne kunnn = kunnen
linkske = link
ff ffe effe effen efkes eventjes effies ffjes = even
vrydag vrydg vrydags = vrijdag
mrgn mrg morge morgn morguh mogge moregn morgeen mrge mroge mrogen = morgen
overmrgn ovrmorgen overmrg = overmorgen
vndg vandg vdg vandaa vndaag = vandaag
vnvd vnv vanav vnavond vanvond = vanavond
vrydach = vrijdag
gistr gistere gistrn gisternen = gisteren
eergistrn eergistere = eergisteren
ovr = over
nxt nx = next
volgnd vlgend = volgend
vlgende volgede vogende volgendr = volgende
btl btln betln betale betalne btalen betlaen betaln bealen betalenn = betalen
btaal betaaal betal betaall bet = betaal
betaalt = betaalt
aub a.u.b a.u.b. alstublieft alsjeblieft alsjeblief svp s.v.p. asjeblieft astublieft aup = aub
idd = inderdaad
gwn = gewoon
nie nt niks'n niett neit = niet
nix niets noppes nikske = niks
wss wrs wrsch wsl = waarschijnlijk
mss msschn misch miss = misschien
iig = in ieder geval
wrm = waarom
hvl hveel = hoeveel
hoeveelis = hoeveel is
a.s a.s. = as
nr nr. num telnr = nummer
tel tel. = telefoon
p/m = per maand
p/w = per week
ipv i.p.v i.p.v. = in plaats van
tm t/m t\\m tem = tm
m.i.v. miv = vanaf
v.a. v.a = vanaf
eind. = eind
bdnkt bdankt bedant bedankt bdkt bedanktt bedank = bedankt
dankje dankjewel dankuwel danku dankjuwel = dank je
merci mersi = merci
jaa jaaa jaaaa jah jaja jawel jep jup = ja
neen neeee neee neeh neej = nee
whatsap watsapp wapp whatsappje whatsappjes whats-app wattsapp whatapp whtsapp wapptje appje = whatsapp
smsje smsjes sms'je sms'jes sms'en smsen smssen sms'jes = sms
mailtje mailtjes e-mail e-mails emails emailtje mailt e-mailtje = email
telegramm = telegram
apps appjes app'en appen = appen
bericht berichtje brichtje = bericht
berichtjes berichtn brichten berichte = berichten
gld = geld
sal = salaris
weekje wekje = week
eigelijk eigelyk = eigenlijk
graagg graaag = graag
betaalik = betaal ik
prima! = prima
"""
ABBREVIATIONS = _rows(_DUTCH) | _rows(ENGLISH)
# Doubled or vowelled-out words keep their meaning: "jaaaa", "stooop" is handled by the opt-out rules.
COMPOUND_DAYS = [
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "morgen",
    "overmorgen",
    "gisteren",
]
COMPOUND_PARTS = ["noen", "ochtend", "morgen", "middag", "namiddag", "voormiddag", "avond", "nacht", "vroeg"]
