"""Small words by which a language is known, as people type them in chat."""

from bot.understanding.lexicon import words

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    "nl": words(
        """
        ik je jij u uw jullie het een de en van niet geen wel maar ook nog al dan dat
        dit die is ben bent heb hebt heeft kan kun mag moet wil zal ga gaat op in om te
        met voor bij naar aan over uit mijn mij me wij we zijn was wat wie waar wanneer
        hoe waarom hier er graag aub morgen vandaag overmorgen gisteren betaal betalen
        betaald dank bedankt ja nee keer maand dag week volgende deze eind begin als
        want dus even gewoon echt klopt iemand nooit niks niets meer goed prima zo pas
        straks vanaf tot binnen sinds onze hij zij ze haar hem doe doen komt kom laat
        weer maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari
        maart mei juni juli augustus oktober termijnen rekening factuur geld salaris
        uitkering ochtend middag avond alstublieft stuur stop bericht berichten
        berichtje hoeveel welke hulp pauze kerst pasen liever hoi hallo jaar
        """
    ),
    "en": words(
        """
        i you your the a an and of not no but also yet already then that this is am are
        was have has can could may must will would shall going gonna on in to with for
        by at from my me we us our what who where when how why here there please
        tomorrow today yesterday pay paid payment thanks thank yes next week month day
        days weeks months end if because so just really someone never nothing more good
        fine it its do does did don't get got be been send stop messages message until
        after before monday tuesday wednesday thursday friday saturday sunday january
        february march june july october bill invoice money salary morning afternoon
        evening hello hi sure later soon now instalments installments half first last
        year weekend they them he she call wrong number
        """
    ),
    "de": words(
        """
        zahle bin schon habe bezahlt wenn ende ersten bis erst entschuldigung verstehe
        mir mich uns dann gelt zahlung ich du sie nicht kein keine und oder aber der die
        das ein eine ist haben hat kann können konnen möchte mochte werde wird zahlen
        bezahlen bezahle morgen heute gestern bitte danke mit für fur von zu auf bei
        nach wann wie was warum rechnung geld nächste nachste woche monat freitag montag
        dienstag mittwoch donnerstag samstag sonntag noch nur mehr leider deutsch
        sprechen sprichst auf ja nein überweise uberweise ihre mein meine
        """
    ),
    "fr": words(
        """
        paierai payerai merci votre mon ma prochaine jusqu'à comprends parle francais
        deux être fais bien je tu vous il elle nous ne pas le la les un une des et ou
        mais est suis ai avez peux peut payer paie paye payé demain aujourd'hui hier
        s'il svp pour avec dans sur vendredi lundi mardi mercredi jeudi samedi dimanche
        semaine mois facture argent bonjour oui non quand comment pourquoi c'est j'ai
        déjà deja vais prochain français parlez parle-vous parlez-vous en
        """
    ),
    "tr": words(
        """
        ben bir bu ve için icin değil degil yok var ne nasıl nasil neden ödeme odeme
        ödeyeceğim odeyecegim öderim oderim ödedim odedim yarın yarin bugün bugun cuma
        pazartesi salı sali çarşamba perşembe cumartesi pazar hafta ay para lütfen
        lutfen teşekkürler tesekkurler evet hayır hayir merhaba kim gelecek fatura param
        türkçe turkce konuşabilir konusabilir konuşuyor konusuyor misiniz musunuz mısınız lütfen olur mu
        """
    ),
    "pl": words(
        """
        ja nie jest jestem mam mogę moge zapłacę zaplace zapłacić zaplacic zapłaciłem
        zaplacilem jutro dzisiaj dziś dzis wczoraj proszę prosze dziękuję dziekuje dzień
        dzien dobry tak kiedy jak dlaczego pieniędzy pieniedzy piątek piatek
        poniedziałek poniedzialek tydzień tygodniu tydzien miesiąc rachunek faktura po
        polsku mówi mowi pan pani czy już juz w na do z przyszłym
        """
    ),
    "es": words(
        """
        entiendo hablo puede estado ayuda tengo porque dia dias lo le me mi su usted yo
        no el la los las un una y o pero es soy estoy puedo pagar pago pagaré pagare
        pagué pague mañana manana hoy ayer gracias por favor para con en viernes lunes
        martes miércoles jueves sábado domingo semana mes factura dinero hola sí cuando
        cuándo cómo como qué ya he próxima proxima español espanol habla hablas hablan
        """
    ),
    "it": words(
        """
        io non il lo la gli un una e o ma è sono ho posso pagare pago pagherò paghero
        pagato domani oggi ieri grazie per favore con venerdì venerdi lunedì settimana
        mese fattura soldi ciao sì quando come perché già italiano parla parlate parli
        """
    ),
    "pt": words(
        """
        eu não nao o os um uma e ou mas é sou tenho posso pagar pago pagarei paguei
        amanhã amanha hoje ontem obrigado obrigada por favor para com sexta segunda
        terça semana mês fatura dinheiro olá ola sim quando como já português
        """
    ),
    "ro": words(
        """
        eu nu este sunt am pot plăti plati plătesc platesc plătit platit mâine maine azi
        ieri mulțumesc multumesc vă va rog pentru cu vineri luni marți săptămâna
        saptamana lună luna factura bani bună buna da când cand cum și si deja română
        """
    ),
}
