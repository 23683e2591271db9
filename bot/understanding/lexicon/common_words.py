"""Everyday words that are right as they are, and the words that a typing slip may be mended to."""

from bot.understanding.lexicon import words

# A slip that is one letter from one of these, and is no word itself, is taken for it.
MENDABLE = words(
    """
    betalen betaling betaald overmaken overgemaakt volgende komende aanstaande maand maanden
    weken overmorgen salaris uitkering termijnen factuur rekening bedrag klopt herinnering
    herinneringen berichten vakantie weekend ochtend middag avond iemand medewerker spreken
    overgeschreven overgeboekt
    afgeschreven wanneer waarvoor begin einde halverwege uiterlijk vanaf tussen binnen uitstel regeling
    bedankt gisteren payment tomorrow yesterday month months weeks next salary invoice
    installments instalments already morning afternoon evening until between before after
    someone please december vandaag liever whatsapp pauze kapot
    """
)

# First names, and others that look like a month or a weekday.
NAMES = words(
    """
    jaap juna julia julie juliet juliette juno mark marc marie marit maria maarten martin
    marta marleen anna anne annie janine janna janneke johan jeroen dinand dina dinie moni
    monica april augusta maya maja may-lin june juul julian julius maud maite mart tim tom
    kees piet pieter klaas hans henk peter sanne lisa emma sophie eva daan sem lucas levi
    finn noah mohammed mohamed fatima ahmed ali ayse mehmet fatma vries jansen bakker smit
    jan jans jansje johanna gerrit gerard berend bert bernard bas bob bram bart erik eric
    frank fred geert gijs hugo ivo jack jacob jasper jelle jesse joep joop joost jos karel kim
    koen lars laura linda lotte luuk manon marieke marjan marloes martijn mieke monique mo
    mustafa natasja nico niels nienke omar paul petra rachid ria rik rob robert roel ron
    ruben ruud sandra sara sarah saskia sjaak sjoerd stefan sven thijs thomas tineke wendy
    wessel willem wim wouter yasmin youssef yusuf zoe karin ingrid els ellen esther femke
    bert-jan jean luc patrick stijn wesley jordy kevin brian dennis danny mike nick
    meijer mulder peters hendriks brouwer dijk smith jones williams brown taylor
    """
)

COMMON_WORDS = words(
    """
    markt merkt werkt zei zegt bedoelde bedoelt hoeft hoef zoveel rare raar ie ze kids kinders dochter
    dochters bureau spaarrekening spaargeld wijze loodgieter monteur lekkage fietsenmaker garage
    oma's opa vriendin vriendje collega's klus klusje etappes schijf gedoe geduld haast zakgeld
    hoefden hoefde moesten anytime sometime stipt klokslag sharp prompt promptly
    absolutely definitely certainly indeed totally honestly oeps oops compleet ineens
    tegelijk ontvangt ontvang ontvangen verzet verplaats schuif zegt belooft krijgt stort
    geeft zeggen doorgeven noteer noteren plannen inplannen plan herinner herinneren vraag
    vraagt laten schrijf schrijven afschrijven reken rekenen reserveren sparen gespaard
    spaar loop lopen vooruit voorstel aan aangeven aantal aardig achter alle alleen alles
    als altijd ander andere anders april avonds baas bank beetje begrijp begrijpen bel
    bellen ben bent berg best beste betaalt betaal betalend beter bij bijna bijvoorbeeld
    binnen blijf blijven blij boek boven breng brengen brief broer buiten daar daarom daarna
    dacht dan dank dat deel denk derde deze die dien dient ding dingen dit doen doet door
    draag dragen druk duidelijk dus echt een eens eerder eerst eigen eind elk elke en er erg
    ergens even fiets fijn gaan gaat gauw geef geen geld geldt geleden geloof genoeg gewoon
    geweest gezegd gezin goed graag groot haal haar had hallo half handig hard heb hebben
    hebt heeft heel heen hem het hier hij hoe hoeveel hoog hoop hopelijk huis huur idee
    ieder iedereen iemand iets ieuwe ik is ja jaar jammer je jij jou jouw jullie kaart kan
    kant kind kinderen klaar klant klein kom komen komt kon kopen kort kost kosten krijg
    krijgen kunnen kunt kwijt laat laatste lang langer later leuk leven liever lijn links
    los lukt lukken maak maakt maar maat man manier mee meer meest men mens mensen mijn
    minder misschien moeder moeilijk moest moet moeten mogelijk mogen mond mooi naam naar
    nacht nadat natuurlijk nee neem nemen net niemand niet niets nieuw nieuwe niks nodig nog
    nooit nou nu of oma om omdat onder ons onze ook oom op open opnieuw over paar pas plaats
    prima probleem punt raam rest rond rustig samen schuld sinds slecht snap snel sommige
    soms spijt spullen staan staat stad straat straks stuk stuur sturen t te tegen telefoon
    terug tijd tijdens toch toe toen tot tussen twee uit uur vader vaak van vanuit veel ver
    verder vergeten verkeerd verschil vind vinden voor vooral vorige vragen vriend
    vriendelijk vroeg vrouw waar waarde waarom wacht wachten want waren was wat water week
    weer weet weg weken wel welk welke werd werk werken weten wie wij wil willen wilt winkel
    jongstleden laatstleden overmaakt overmaken afrekent overschrijft afbetaalt
    wist worden wordt zaak zal zaken zeer zeg zeker zelf zet zich zie zien zij zijn zin zo
    zoals zoon zou zullen zus zwaar harten maten marten manen handen landen tanden wenen
    leken weren beweken zweken klagen slagen lagen wagen magen betalen bepalen behalen
    herhalen verhalen overleg overal overig overige overste zondaar feestdag verjaardag
    schooldag rustdag zonder donder bijdrage verdrag gedrag avondje zaten daten gaten kater
    vakantie maandje able about above across after again against all almost alone along also
    although always among and another any anyone anything are around ask away back bad
    because become been before begin behind being below better between big both bring broken
    but buy call came can car card care case cent change check child city clear close come
    coming company cost could day days deal did does doing done down during each early else
    email end enough ever every fact family far feel few find first fix food for form found
    four free friend from full gave get give given goes going good got great hand happen has
    have hear help her here high him his hold home hope house how idea into its job just
    keep knew know last late least leave left less let life like line list little live long
    look lost made make many match maybe mean might mind mine minute moment money more most
    mother move much must name near need never new news next nice night none not note
    nothing now number off office often old once one only order other our out own page part
    past people per phone place please point problem pull put quick quite rather read ready
    real really reason receive right room said same save saw say see seem seen send sent set
    she should show side since small some soon sorry still such sure take talk tell than
    that the their them then there these they thing think this those though thought three
    time told too took try turn two under use used very wait way well went were what when
    where which while who whole why will wish with work world would write wrong year yes yet
    you young your monthly weekly daily brother tuin tuinen mandaat mandaten vrijdags vrij
    vrije vrijheid vrijer vrijwel dinsdags zomer winter herfst lente matig machtig
    maandelijks maandelijkse wekelijks wekelijkse dagelijks jaarlijks monday's morgens
    middags nachten uren avonden weeks wenst bedragen factuur facturen rekeningen betalingen
    betaler betaalde betaalden betaalbaar betaaldag betaallink betaalbewijs uitkeringen
    salarissen loon lonen termijn termijnbedrag rekeningnummer payments paying payer payed
    invoices salaries months mouth south north youth fourth month's begint begon beginnen
    eindelijk eindigen kerel kerstboom kast kerk werst pass paste pasje
    appie caravan caravans eaten fever fleur fridge fridges groter haren haven hekel helder herdoen
    hevel jonge judge keert kermis macht monty papadag papadagen mamadag passen paused payee peren
    phase phased phases polen posten seats seat slept snapt spent stelt steps sunny sweat sweet
    thirds thumb totaly tour tours vanwaar zodat faster welken manden vrede augurk appel pasta kers
    kersen tubes moody mandy wekken weekt monkey zondig zonde zonden frieda jury junk juice maartje
    septic moth eastern ester kerstman hemel geister mister tommy vandaal wegen
    """
)
