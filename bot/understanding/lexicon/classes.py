"""Groups of words that phrases refer to by name.

A word with "~" stays a word that the bot does not know elsewhere: "kamer~" is heard in "de kamer was
vies", and "vrijdag kamer" is still asked about.
"""

CLASSES: dict[str, str] = {
    "link": (
        "link linkje betaallink betaallinkje~ tikkie betaalverzoek betaalverzoekje~ betaalpagina qr qr-code "
        "url betaalscherm~ betaalknop~ betaalknopje~ betaalverwijzing~ hyperlink~ betaallinkske~ linkie~"
    ),
    "handover": (
        "stuur stuurt sturen zend~ zenden geef geeft geven gooi smijt drop knal toon~ pop send resend "
        "give shoot share chuck provide forward hit graag please aub mag krijg krijgen ontvang ontvangen "
        "nogmaals~ opnieuw again nieuwe new another verse~ fresh~ andere toezenden~ need nodig repeat~ "
        "herhalen verstrekken aanmaken~ show dropt~ plak~ hebt verstuur~ verstuurt doorsturen put trouble~"
    ),
    # What is asked or told about a link by someone who does not ask for it.
    "linktalk": (
        "geen no niet not veilig safe vertrouwen trust geldig valid~ any computer laptop domein~ domain~ "
        "elke each steeds shorter~ naar man partner betrouwbaar bruikbaar dezelfde same hoort waarom why "
        "waarheen foreign echt real gekregen kreeg got received"
    ),
    "i": "ik i we wij",
    "you": "jullie je u jij you your",
    "me": "me mij ons us",
    "my": "mijn my onze our me mij m'n",
    "want": "wil wilde wou want wens zou would wish willen",
    "it": "het dit dat it this that deze die",
    "paying": (
        "betalen overmaken voldoen afrekenen overschrijven afbetalen aflossen pay settle "
        "transfer paying betaling payment overboeken"
    ),
    "pays": "betaal betaalt pay",
    "paid": (
        "betaald overgemaakt voldaan afgerekend overgeschreven gestort overgeboekt "
        "afbetaald vereffend vereffent gepind gepint~ getikkied getikkiet paid payed transferred settled"
    ),
    "did": "gedaan geregeld gefixt gefikst afgehandeld geklaard gebeurd",
    "proof": (
        "betaalbewijs betalingsbewijs bewijs afschrift bankafschrift~ uittreksel~ screenshot schermafdruk~ "
        "screenshotje~ printscreen~ bonnetje~ receipt proof confirmation betaalbevestiging "
        "overboekingsbewijs~ "
    ),
    "broke": (
        "skeer~ skere~ blut broke brokie~ platzak bankroet~ berooid rut~ failliet pleite~ skint penniless"
    ),
    "bill": (
        "factuur facturen rekening nota bedrag invoice bill bon order bestelling betaling "
        "amount payment schuld vordering debt"
    ),
    "msg": (
        "herinneren bericht berichten sms appen app apps mail mails email mailen smsen herinnering "
        "herinneringen reminder reminders message messages messaging text texts texting "
        "whatsapp whatsappen notificaties melding meldingen spam spammen spamming emails "
        "emailing mailing bellen calling contact contacting contacten seintje seintjes "
        "aanmaningen berichtjes msg msgs appberichten sms-berichten betaalverzoeken "
        "verzoeken reclame"
    ),
    "sending": "sturen versturen zenden sending send stuur toesturen stuurt gestuurd sturing",
    "not": "niet geen not no never nooit niks niets nothing",
    "more": "meer more anymore longer langer",
    "stopping": "stoppen ophouden kappen stop",
    "money": "doekoe~ floes~ pecunia~ duiten~ knaken~ dough~ geld money centen poen cash saldo budget funds",
    "lack": "geen no nauwelijks amper weinig onvoldoende niet",
    "income": (
        "salaris loon uitkering bijstand wages salary paycheck wage inkomen toeslag "
        "toeslagen zorgtoeslag kinderbijslag pensioen aow ww wia wajong stufi "
        "studiefinanciering vakantiegeld bonus pension benefits benefit payday loondag "
        "betaaldag income huurtoeslag eindejaarsuitkering ziekengeld leefgeld duo uwv svb "
        "toelage commissie belastingteruggave belastingdienst vakantieuitkering "
        "kindgebonden weekgeld dertiende eindejaarspremie"
    ),
    "arrive": (
        "binnen gestort krijg ontvang ontvangen heb krijgen komt is gekregen arrives in "
        "comes get receive have staat binnenkomt uitbetaald received got paid"
    ),
    "person": (
        "mens iemand persoon medewerker collega medewerkster person human someone somebody "
        "agent employee representative operator mensen klantenservice baas manager people "
        "helpdesk klantendienst staff supervisor colleague echte real"
    ),
    # Who looks after somebody's money or debts for them.
    "helper": (
        "bewindvoerder bewindvoerster~ beschermingsbewindvoerder~ budgetbeheerder~ budgetcoach~ "
        "schuldhulpverlener~ schuldhulpverlening schuldhulp schuldbemiddelaar~ curator~ mentor~ "
        "kredietbank~ administrator trustee~ guardian~ counsellor counselor~"
    ),
    "part": (
        "keer keren termijn termijnen delen deel stukjes stukken gedeelten gedeeltes parts "
        "part instalments installments instalment installment payments times maal beurten "
        "goes maandtermijnen betalingen terms porties schijven stuks tranches x chunks "
        "maandbedragen schijfkes~ schijfjes~ keerkes~ deeltjes~ stukskes~ lumps~"
    ),
    "channel_whatsapp": "whatsapp whatsappen appen app wa",
    "channel_sms": "sms smsen text texts texting sms-en",
    "channel_telegram": "telegram",
    "channel_email": "email mail mailen emailen mails mailbox mailadres~ emailadres~ inbox~",
    "channel_phone": "telefoon telefonisch bellen bel phone call calling telefoontje beller",
    "channel_post": (
        "acceptgiro~ acceptgirokaart~ post brief brieven schriftelijk letter letters papier paper "
        "postbus brievenbus"
    ),
    "good": (
        "goed prima ok best akkoord top perfect fijn super mooi geweldig fine good great "
        "okay tof uitstekend helemaal klinkt"
    ),
    "can": "kun wilt wil kan kunnen kunt mag mogen zou can could may might zal lukt",
    "neg": "niet geen nooit niks niets nergens zonder not no never nothing none",
    "got": "ontvangen gekregen gehad binnengekregen received arrived delivered bezorgd geleverd "
    "aangekomen thuisbezorgd opgehaald",
    "bad": "slecht slechte matig waardeloos waardeloze beroerd beroerde slordig bad terrible poor awful "
    "horrible shoddy kapot kapotte stuk defect defecte beschadigd beschadigde broken damaged faulty lek "
    "verkeerd verkeerde fout foute wrong onjuist onjuiste incorrect",
    "thing": (
        "fiets auto wasmachine product pakket bestelling spullen toestel artikel telefoon "
        "laptop bike car item parcel package order machine phone thing apparaat ketel lamp "
        "scherm band rem schoenen jas kast bank tafel reparatie repair washing"
    ),
    "greeting": (
        "hoi hallo hey hi hello dag goedemorgen goedemiddag goedenavond beste geachte dear "
        "good hé hee yo hoi! morning evening afternoon heej haai hej goeiemorgen goedendag "
        "goedenmiddag goeiedag mevrouw meneer sir madam team allemaal daar there"
    ),
    "polite": (
        "graag aub please dan maar hoor even wel toch nog bedankt dank je u alvast groetjes "
        "groet gr mvg top dus nu meteen thanks thank you kind man joh nou eh uh euh hmm "
        "haha sorry ja ok"
    ),
    "end": "|",
    "event": (
        "les lessen cursus concert event training feest optreden~ reis vlucht~ workshop~ voorstelling~ "
        "wedstrijd~ "
        "uitje~ kamp~ excursie~ evenement~ behandeling~ sessie~ class~ classes~ lesson~ lessons~ "
        "session~ trip flight "
        "show course gig~ tour~ excursion~ camp~ match treatment~"
    ),
    "stuff": (
        "eten maaltijd~ soep~ pizza~ kamer~ hotel~ huis huisje~ appartement~ bad keuken~ vloer~ muur "
        "dak deur raam "
        "kraan lekkage lamp douche~ riool~ motor remmen~ rem ketting versnelling wiel zadel slot accu~ "
        "batterij~ "
        "taart~ bloemen~ boeket~ kapsel~ haar foto~ foto's internet wifi~ verbinding~ verwarming~ "
        "schilderwerk~ food "
        "meal~ room hotel~ house flat kitchen~ floor~ wall~ roof~ door window~ tap shower~ engine~ "
        "brakes~ brake~ chain~ "
        "gears~ wheel~ battery~ cake~ flowers~ haircut~ photos~ internet wifi~ heating paint~ "
        "paintwork~ box wardrobe~ "
    ),
    "nasty": (
        "bagger~ smerig vies vieze~ koud~ koude~ ruk~ ranzig goor~ flut~ waardeloos kut~ klote~ bar~ "
        "slecht brak~ drama~ "
        "gaar~ rauw~ aangebrand~ bedorven rot verlept~ verlopen gebarsten gescheurd gekrast verbogen~ "
        "scheef los "
        "lek lekt kapot stuk leeg cold~ dirty~ filthy~ stale~ raw~ burnt~ rotten~ empty torn cracked "
        "ruined wrecked~ "
        "awful terrible horrible disgusting shocking~ useless down smelly~ mouldy loose"
    ),
    "payer3": (
        "verhuurder huisbaas~ verzekering verzekeraar~ werkgever~ baas ex vve~ gemeente "
        "woningcorporatie eigenaar "
        "landlord insurance insurer~ employer~ council owner vereniging voormalige"
    ),
    "defect": (
        "squeak rattle wobble leak creak creaks dripping drips stalls "
        "wobbles wobbly wobbling rattles rattling squeaks squeaking leaks leaking leaked cracked snapped "
        "jammed failed failing flat stained torn ripped rusty rusted scratched dented bent loose "
        "crashed crashes overheats noisy crooked smashed busted knackered useless faulty broken"
    ),
    "kin": (
        "ex man vrouw vader moeder pa zoon dochter broer zus vriend vriendin partner baas collega "
        "huisgenoot oma opa oom tante verhuurder buurman buurvrouw ouders boekhouder hij zij ze ie "
        "husband wife father mother dad mum mom son daughter brother sister boyfriend girlfriend boss "
        "colleague flatmate housemate roommate landlord parents hubby missus fiance uncle aunt gran "
        "grandma accountant bookkeeper he she they"
    ),
}
