"""Which language a reply is in, from its small words and its script."""

import re
from collections.abc import Callable

from bot.understanding.tokens import fold

FUNCTION_WORDS: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "nl": "ik je jij u uw jullie het een de en van niet geen wel maar ook nog al dan dat dit die is ben "
        "bent heb hebt heeft kan kun mag moet wil zal ga gaat op in om te met voor bij naar aan over uit "
        "mijn mij me wij we zijn was wat wie waar wanneer hoe waarom hier er graag aub morgen vandaag "
        "overmorgen gisteren betaal betalen betaald dank bedankt ja nee keer maand dag week volgende "
        "deze eind begin als want dus even gewoon echt klopt iemand nooit niks niets meer goed prima "
        "zo pas straks vanaf tot binnen sinds onze hij zij ze haar hem doe doen komt kom laat weer "
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart mei juni juli "
        "augustus oktober termijnen rekening factuur geld salaris uitkering ochtend middag avond alstublieft "
        "stuur stop bericht berichten berichtje hoeveel welke hulp pauze kerst pasen liever hoi hallo "
        "dag jaar",
        "en": "i you your the a an and of not no but also yet already then that this is am are was have has "
        "can could may must will would shall going gonna on in to with for by at from my me we us our what "
        "who where when how why here there please tomorrow today yesterday pay paid payment thanks thank "
        "yes next week month day days weeks months end if because so just really someone never nothing "
        "more good fine it its do does did don't get got be been send stop messages message until after "
        "before monday tuesday wednesday thursday friday saturday sunday january february march may june "
        "july october bill invoice money salary morning afternoon evening hello hi sure later soon now "
        "instalments installments half first last year weekend they them he she call wrong number",
        "de": "zahle bin schon habe bezahlt wenn ende ersten bis erst entschuldigung verstehe mir mich uns dann gelt zahlung ich du sie nicht kein keine und oder aber der die das ein eine ist bin habe haben hat kann "
        "können konnen möchte mochte werde wird zahlen bezahlen bezahle zahle bezahlt morgen heute gestern "
        "bitte danke mit für fur von zu auf bei nach wann wie was warum rechnung geld nächste nachste woche "
        "monat freitag montag dienstag mittwoch donnerstag samstag sonntag schon noch nur mehr leider "
        "deutsch sprechen ja nein überweise uberweise ihre mein meine",
        "fr": "paierai payerai merci votre mon ma prochaine jusqu'à comprends parle francais deux être fais bien je tu vous il elle nous ne pas le la les un une des et ou mais est suis ai avez peux peut "
        "payer paie paye paierai payé demain aujourd'hui hier merci s'il svp pour avec dans sur vendredi "
        "lundi mardi mercredi jeudi samedi dimanche semaine mois facture argent bonjour oui non quand "
        "comment pourquoi c'est j'ai déjà deja vais prochain prochaine français",
        "tr": "ben bir bu ve için icin değil degil yok var ne nasıl nasil neden ödeme odeme ödeyeceğim "
        "odeyecegim öderim oderim ödedim odedim yarın yarin bugün bugun cuma pazartesi salı sali çarşamba "
        "perşembe cumartesi pazar hafta ay para lütfen lutfen teşekkürler tesekkurler evet hayır hayir "
        "merhaba kim gelecek fatura param türkçe",
        "pl": "ja nie jest jestem mam mogę moge zapłacę zaplace zapłacić zaplacic zapłaciłem zaplacilem "
        "jutro dzisiaj dziś dzis wczoraj proszę prosze dziękuję dziekuje dzień dzien dobry tak kiedy jak "
        "dlaczego pieniędzy pieniedzy piątek piatek poniedziałek poniedzialek tydzień tygodniu tydzien "
        "miesiąc rachunek faktura po polsku czy już juz w na do z przyszłym",
        "es": "entiendo hablo puede estado ayuda tengo porque dia dias lo le me mi su usted yo no el la los las un una y o pero es soy estoy tengo puedo pagar pago pagaré pagare pagué "
        "pague mañana manana hoy ayer gracias por favor para con en viernes lunes martes miércoles jueves "
        "sábado domingo semana mes factura dinero hola sí cuando cuándo cómo como qué ya he próxima "
        "proxima español",
        "it": "io non il lo la gli un una e o ma è sono ho posso pagare pago pagherò paghero pagato domani "
        "oggi ieri grazie per favore con venerdì venerdi lunedì settimana mese fattura soldi ciao sì "
        "quando come perché già italiano",
        "pt": "eu não nao o os um uma e ou mas é sou tenho posso pagar pago pagarei paguei amanhã amanha "
        "hoje ontem obrigado obrigada por favor para com sexta segunda terça semana mês fatura dinheiro "
        "olá ola sim quando como já português",
        "ro": "eu nu este sunt am pot plăti plati plătesc platesc plătit platit mâine maine azi ieri "
        "mulțumesc multumesc vă va rog pentru cu vineri luni marți săptămâna saptamana lună luna factura "
        "bani bună buna da când cand cum și si deja română",
    }.items()
}
# Blocks of letters that belong to one language, or nearly so.
_SCRIPTS = (
    ("el", 0x370, 0x3FF),
    ("ru", 0x400, 0x52F),
    ("hy", 0x530, 0x58F),
    ("he", 0x590, 0x5FF),
    ("ar", 0x600, 0x6FF),
    ("ti", 0x1200, 0x137F),
    ("hi", 0x900, 0x97F),
    ("th", 0xE00, 0xE7F),
    ("ka", 0x10A0, 0x10FF),
    ("ja", 0x3040, 0x30FF),
    ("zh", 0x4E00, 0x9FFF),
    ("ko", 0xAC00, 0xD7AF),
)
_UKRAINIAN = frozenset("іїєґІЇЄҐ")
OURS = frozenset(("nl", "en"))


def raw_words(text: str) -> list[str]:
    """The words as they were typed, in plain lower case."""
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", fold(text))


def language_of(text: str, hint: str | None, is_ours: Callable[[str], bool]) -> str:
    """ISO code of the language; the hint (or Dutch) when the words do not tell.

    ``is_ours`` tells whether a word is one that the bot knows from Dutch or English.
    """
    script = _script(text)
    if script:
        return script
    words = raw_words(text)
    scores = {code: sum(word in known for word in words) for code, known in FUNCTION_WORDS.items()}
    ours = hint if hint in OURS else "nl"
    best = max(OURS, key=lambda code: (scores[code], code == ours))
    foreign = max(set(scores) - OURS, key=lambda code: (scores[code], code))
    short = len(words) == 1 and len(words[0]) < 4
    if not short and _is_foreign(words, FUNCTION_WORDS[foreign], is_ours):
        return foreign
    return best if scores[best] else ours


def _is_foreign(words: list[str], theirs: frozenset[str], is_ours: Callable[[str], bool]) -> bool:
    """Whether more words are only theirs than only ours."""
    only_theirs = sum(word in theirs and not is_ours(word) for word in words)
    only_ours = sum(is_ours(word) and word not in theirs for word in words)
    return only_theirs > only_ours


def _script(text: str) -> str | None:
    if text.isascii():
        return None
    counts: dict[str, int] = {}
    for char in text:
        code = ord(char)
        if code < 0x370:
            continue
        for name, first, last in _SCRIPTS:
            if first <= code <= last:
                counts[name] = counts.get(name, 0) + 1
    if not counts:
        return None
    name = max(counts, key=lambda key: counts[key])
    if counts[name] * 2 < sum(char.isalpha() for char in text):
        return None
    return "uk" if name == "ru" and _UKRAINIAN & set(text) else name
