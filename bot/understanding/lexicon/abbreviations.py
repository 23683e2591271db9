"""Chat spelling and the words it stands for; one row each: as typed = as meant."""


def _rows(lines: str) -> dict[str, tuple[str, ...]]:
    rows = (line.split("=") for line in lines.strip().splitlines())
    return {typed: tuple(meant.split()) for left, meant in rows for typed in left.split()}


ABBREVIATIONS = _rows("""
vd v/d v.d. vdr = van de
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
ikzal = ik zal
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
ff ffe effe effen efkes eventjes effies ffjes = even
vrydag vrydg vrydags = vrijdag
mrgn mrg morge morgn morguh mogge moregn morgeen mrge = morgen
overmrgn ovrmorgen overmrg = overmorgen
vndg vandg vdg vandaa vndaag = vandaag
vnvd vanav vnavond = vanavond
ovr = over
nxt nx = next
volgnd vlgend = volgend
vlgende volgede vogende volgendr = volgende
tmrw 2mrw 2mro tmr tmrrw tomoz 2morrow 2moro tomo tmw tomorow tommorow tommorrow tomorro = tomorrow
2day tdy = today
2nite tonite = tonight
btl btln betln betale betalne btalen betlaen betaln bealen betalenn = betalen
btaal betaaal betal betaall bet = betaal
betaalt = betaalt
pls plz plss plse pleas = please
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
eo eow = end of week
eom = end of month
eoy = end of year
eod cob = end of day
asap = asap
atm = atm
thx thnx tnx thanx thanks tnks ty = thanks
bdnkt bdankt bedant bedankt bdkt bedanktt bedank = bedankt
dankje dankjewel dankuwel danku dankjuwel = dank je
merci mersi = merci
oke okee okey okay ok okidoki okiedokie oké okeee okeej okej kk oki okido oké = ok
jaa jaaa jaaaa jah jaja jawel jep jup = ja
yup yep yeah yess yesss ye yea = yes
neen neeee neee neeh neej = nee
nope nop nah = no
i'll ill = i will
i'm im = i am
i've ive = i have
i'd = i would
can't cant cannot = can not
don't dont = do not
doesn't doesnt = does not
didn't didnt = did not
won't wont = will not
wouldn't wouldnt = would not
couldn't couldnt = could not
haven't havent = have not
hasn't hasnt = has not
isn't isnt = is not
wasn't wasnt = was not
aren't arent = are not
shouldn't shouldnt = should not
it's its = it is
that's thats = that is
there's theres = there is
what's whats = what is
who's whos = who is
when's whens = when is
where's wheres = where is
how's = how is
let's lets = let us
you're youre = you are
they're = they are
we've weve = we have
you've = you have
they've = they have
he's = he is
we'd = we would
there'll = there will
we're = we are
we'll = we will
it'll = it will
that'll = that will
wanna = want to
gonna = going to
gotta = have to
gimme = give me
lemme = let me
ya = you
yr ur = your
abt = about
bc cuz cos = because
w/ = with
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
prima! = prima
arvo = afternoon
b4 = before
gr8 = great
l8r = later
m8 = mate
weds = wednesday
monday's = monday
tuesday's = tuesday
wednesday's = wednesday
thursday's = thursday
friday's = friday
saturday's = saturday
sunday's = sunday
tomorrow's = tomorrow
evng evn = evening
betw = between
yday yest = yesterday
rn = right now
cn = can
yh = yes
dint = did not
cudnt = could not
wknd wkend = weekend
paymnt pymnt pymt = payment
amt = amount
wots = what is
urs = yours
bcz bcoz coz = because
defo = definitely
""")
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
COMPOUND_PARTS = ["ochtend", "morgen", "middag", "namiddag", "voormiddag", "avond", "nacht", "vroeg"]
