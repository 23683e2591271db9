"""What a question is about, more closely than its topic: the total, the parts, what was agreed on."""

import re
from collections.abc import Mapping

from bot.understanding.hear import Heard, once
from bot.understanding.looking_back import AGREED, WHAT_LINK, adds_nothing
from bot.understanding.reading import About

# One word, or up to so many, between two that tell.
_1, _3, _6 = r"(?:\S+ )?", r"(?:\S+ ){0,3}", r"(?:\S+ ){0,6}"
_PART = r"(?:termijn|termijnen|termijntje|deelbetaling|deelbetalingen|instal+ments?|parts?|deel|delen)"
_PLAN = r"(?:(?:betalings|betaal|termijn)?regeling|betaalplan|termijnplan|(?:payment|instal+ment) plan)"
_MONEY = r"(?:geld|betaling|overschrijving|overboeking|bedrag|money|payment|transfer)"
_PAID = r"(?:betaald|voldaan|overgemaakt|afgelost|paid|settled)"
_IN = (
    r"(?:binnen|binnengekomen|ontvangen|aangekomen|gekregen|gezien|gelukt|verwerkt|doorgekomen|geslaagd|goed"
    r"|in (?=@q|\||yet|now)|through|arrived|arrive|received|processed|succeed|succeeded|come|successful)"
)
_YOU = r"(?:jullie|je|jij|u|you)"
_BON = (
    r"(?:bon|bonnetje|kassabon|kwitantie|kwitantietje|betalingsbewijs|betaalbewijs|betaalbewijsje"
    r"|betalingsbevestiging|betaalbevestiging|bewijs van (?:de |mijn )?betaling|receipt"
    r"|proof of (?:the |my )?payment|payment confirmation|confirmation of (?:the |my )?payment)"
)
_ASKS: Mapping[About, tuple[str, ...]] = {
    About.PARTS: (
        rf"(?:wat|welke|hoeveel|what|which|how many) {_3}{_PART} {_3}(?:nu|nog|over|open|now|left"
        rf"|remaining|still)",
        rf"(?:wat|welke|what|which) (?:zijn|waren|are|were) {_1}(?:mijn|my) {_1}{_PART}",
        rf"(?:wat|welke|what|which) {_PART} (?:are|zijn) (?:left|over|open|still)",
        rf"(?:wanneer|when) (?:is|komt|valt|moet|are|zijn|s) {_1}(?:de |mijn |my "
        rf"|the ){_1}(?:volgende|next) {_PART}",
        rf"(?:wat|wanneer|hoeveel|what|when|how much) (?:is|was|are) (?:de |mijn |my "
        rf"|the )(?:volgende|next) {_PART}",
        rf"(?:wat|wanneer|what|when) (?:zijn|are) {_1}(?:de|mijn|my|the) {_1}{_PART} (?:@q|\|)",
        rf"(?:hoe|what|how) (?:ziet|zag|staat|loopt|does|is) {_1}(?:mijn|my) (?:{_PLAN}|{_PART})",
        rf"(?:wat|what) (?:is|was) (?:ook alweer )?(?:mijn|my) {_PLAN}",
        rf"hoe staat het (?:nu )?met mijn (?:{_PLAN}|{_PART})",
    ),
    About.TOTAL: (
        r"(?:wat|hoeveel) (?:staat|blijft) (?:er )?(?:nu |nog |allemaal |alles ){0,3}(?:open|over)",
        r"(?:wat|hoeveel) heb ik (?:nu )?nog (?:allemaal )?(?:openstaan|open staan|open|te betalen)",
        rf"(?:hoeveel|wat) {_6}(?:in totaal|bij elkaar|alles bij elkaar|samen|opgeteld)",
        r"(?:wat|hoeveel) (?:moet|ben) ik (?:jullie |je |u )?(?:nu )?(?:allemaal |in totaal )?nog"
        r" (?:allemaal |in totaal )?(?:betalen|schuldig|verschuldigd)",
        r"(?:wat|hoeveel) moet ik allemaal (?:\S+ ){0,2}(?:betalen|overmaken|voldoen)",
        r"(?:wat|hoeveel) (?:is|was) (?:het|mijn|de) (?:totaal|totaalbedrag|totale)",
        r"(?:wat|what) is (?:er )?(?:nog|still) (?:allemaal )?(?:open|outstanding|owed|due|unpaid)",
        rf"(?:what|how much) {_6}(?:in total|altogether|all together|all in all|in all)",
        r"(?:what|how much) do i (?:still owe|have left to pay|have to pay still|still have to pay"
        r"|have open)",
        r"(?:what|how much) (?:do|am) i (?:currently )?(?:owe|owing)(?: you)?"
        r"(?: now| right now| at the moment| today)? (?:@q|\|)",
        r"(?:wat|hoeveel) ben ik (?:jullie |je |u )?(?:nu |op dit moment )?(?:schuldig|verschuldigd)",
        r"(?:what|how much) (?:is|s) (?:the|my) (?:total|total amount|whole amount|outstanding balance)",
        r"(?:what|how much) (?:is|s) (?:left|outstanding|still open|still to pay)",
    ),
    About.IS_PAID: (
        rf"(?:^|\| )(?:\S+ , )?(?:is|zijn|was) (?:mijn|het|de|dat|die|my|the|that) {_1}{_MONEY} {_3}{_IN}",
        rf"(?:^|\| )(?:\S+ , )?(?:is|zijn) (?:mijn|my|the|de) {_1}{_MONEY} {_3}(?:er|there|@q)",
        rf"(?:^|\| )(?:heb|hebt|hebben|heeft|have|did|zien|zie|ziet|do) {_YOU} {_3}{_MONEY} {_3}(?:{_IN}|@q)",
        rf"(?:^|\| )(?:did|have|do) you (?:get|got|receive|received|see|seen) {_3}{_MONEY}",
        rf"(?:^|\| )(?:did|has|is|was) (?:my|the) {_1}{_MONEY} {_3}{_IN}",
        rf"(?:^|\| )(?:is|zijn|was) (?:het|alles|dit|dat|it|this|that|everything|all) {_3}{_PAID} {_3}@q",
        rf"(?:^|\| )(?:heb|have) (?:ik|i|we) (?:\S+ ){{0,4}}{_PAID} {_3}@q",
        rf"(?:^|\| )(?:heeft|has) {_3}(?:al |already )?{_PAID} {_1}@q",
        r"(?:^|\| )(?:am i|are we) (?:now |all |fully ){0,3}paid up",
        rf"(?:weet|check|checken|zeggen|see|tell me) (?:\S+ ){{0,4}}(?:of|if|whether) (?:mijn|my"
        rf"|the|het) {_1}{_MONEY} {_3}{_IN}",
    ),
    About.IN_THE_SHOP: (
        r"(?:kan|mag|kunnen|kun|can|could|may) (?:ik|we|je|i) (?:het |dit |ook |dan |hier |it |also ){0,3}"
        r"(?:contant|cash|pinnen|met pin|met de pin|aan de balie|aan de kassa|bij de kassa)",
        r"(?:kan|mag|kunnen|can|could|may) (?:ik|we|i|het|it) {0}(?:in|bij) (?:de|the|jullie|your) "
        r"(?:winkel|zaak|shop|store)".replace("{0}", _3),
        r"(?:can|could|may) (?:i|we) (?:pay )?(?:it |this |also ){0,2}(?:pay )?(?:it |this )?"
        r"(?:in |with |by |at the )?(?:cash|counter|till|desk)",
        r"(?:contant|cash|pin|pinnen) (?:in|bij|at) (?:de|the|jullie|your) (?:winkel|zaak|shop"
        r"|store|balie|kassa)"
        r" (?:\S+ ){0,2}@q",
        r"(?:^|\| )(?:ook |also )?(?:contant|cash|pinnen|met pin) (?:betalen |afrekenen |pay )?(?:\S+ )?@q",
        r"(?:do|does) (?:you|they) (?:take|accept) (?:cash|cards?|pin)",
        r"(?:neemt|nemen|accepteert|accepteren) (?:\S+ )?(?:contant|cash|pin)",
        r"(?:can|could|may) i (?:come |drop |pop ){1,2}(?:by|in) (?:\S+ ){0,3}(?:to )?pay",
    ),
    About.NEXT_WORD: (
        rf"(?:wanneer|when) (?:hoor|hoort|horen|krijg|krijgt|krijgen) (?:ik|we) {_3}"
        r"(?:iets|wat|antwoord|reactie|bericht|meer|weer|terug|van jullie|van u|van je)",
        rf"(?:when|how soon) (?:will|do|can|would|should) (?:i|we) {_3}(?:hear|get an answer"
        rf"|get a reply|get a response)",
        r"(?:when) (?:will|do|are) (?:you|they|somebody|someone|anybody) (?:going to )?"
        r"(?:answer|reply|respond|get back|write|call back|let me know)",
        r"(?:wanneer|when) (?:komt|is|comes) (?:de |het |the |your )(?:volgende|next) (?:bericht"
        r"|herinnering|message|reminder)",
        r"(?:wanneer) (?:reageren|antwoorden|reageert|antwoordt|reageer) (?:jullie|je|u|iemand|er)",
        r"(?:hoe lang|hoelang|how long) (?:duurt|moet|does|will|do) (?:\S+ ){0,4}(?:antwoord"
        r"|reactie|hoor|answer|reply|hear)",
    ),
    About.UNPAID: (
        r"(?:wat gebeurt er|wat gebeurt|wat doen jullie|wat als|wat nou als|wat indien|what happens"
        r"|what will happen"
        r"|what would happen|what if) (?:\S+ ){0,2}(?:als |if )?(?:ik|i|we) (?:\S+ ){0,3}"
        r"(?:niet|nooit|te laat|later|not|never|late|do not|cannot) (?:\S+ ){0,2}(?:betaal|betalen"
        r"|pay|\||@q)",
        r"(?:wat gebeurt er|wat als|what happens|what if) (?:\S+ ){0,2}(?:ik|i|we) (?:betaal|pay) "
        r"(?:\S+ ){0,2}(?:niet|nooit|niks|nothing|not|te laat|late)",
        r"(?:what happens|what if) (?:\S+ )?(?:i|we) (?:forget|refuse|fail) to pay",
        r"(?:wat gebeurt er|wat als|what happens|what if) (?:\S+ )?(?:het|it) (?:\S+ ){0,2}(?:niet"
        r"|not|un) ?(?:betaald|paid)",
    ),
    About.RECEIPT: (
        rf"(?:kan|mag|krijg|can|could|may|will|do|kunnen|kun) (?:ik|i|we|je|jullie|u) {_6}{_BON}"
        r"(?! (?:\S+ )?(?:sturen|opsturen|doorsturen|mailen|appen|laten|tonen|laat))",
        rf"(?:kun|kunt|kunnen|can|could|would|will) {_YOU} {_6}{_BON}",
        rf"(?:stuur|send|geef|give|mail|email) (?:me|mij|my) {_3}{_BON}",
        rf"(?:waar|where) (?:is|blijft|s|can i find|vind ik|kan ik) {_3}{_BON}",
        rf"(?:i need|i would like|i want|ik wil|ik wou|ik zou graag|graag) {_3}{_BON}",
        rf"(?:^|\| )(?:is er|is there) {_3}{_BON}",
    ),
    About.AGREED: AGREED,
    About.WHAT_LINK: WHAT_LINK,
}
_FOUND = {about: re.compile(rf"(?<!\S)(?:{'|'.join(wordings)})(?!\w)") for about, wordings in _ASKS.items()}
# "Bonnetje graag", "receipt please": nothing but that, and politely.
_BEFORE = r"(?:(?:ja|yes|en|and|ook|also|dan|nu|hoi|hi|een|a|the|de|het|mijn|my|stuur|send|nog|even|,) )*"
_POLITE = (
    r"(?: (?:graag|gaarne|please|pls|plz|aub|svp|alsjeblieft|alstublieft|dank|thanks|thank|je|u|you|ook|,))+"
)
_ONLY_RECEIPT = re.compile(rf"{_BEFORE}{_BON}{_POLITE}|{_BEFORE}(?:graag|please) {_BEFORE}{_BON}")
# Evidence that the payer offers is no wish to have it, and one with VAT on it is another paper.
_NO_RECEIPT = re.compile(
    r"\b(?:kan|mag|zal|can|could|may|shall) (?:ik|i) (?:\S+ ){0,4}(?:sturen|send|show|mailen|email|forward)\b"
    r"|\b(?:btw|vat|factuur|invoice)\b"
)
_TWO = r"(?:dubbel|twice|double|(?<!in )(?:2|twee|two) ?(?:keer|maal|x|times)(?![\w-]))"
_WENT = r"(?:betaald|overgemaakt|afgeschreven|afgerekend|paid|charged|debited|transferred)"
_TWICE = re.compile(
    rf"\b{_TWO}\b(?: \w+){{0,2}}? {_WENT}\b|\b{_WENT}\b(?: \w+){{0,3}}? {_TWO}\b", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:niet|geen|not|never|nooit|will|wil|zou|als|if)\b")
_GREETS = re.compile(
    r"\W*(?:hallo+|hello+|hi+|hoi+|hey+|hee+|heej|hai|hej|dag|goe(?:de|ie|den)(?:morgen|middag|avond|dag)"
    r"|good (?:morning|afternoon|evening|day))(?:[\s,]+(?:daar|there|allemaal|all|jullie|seintje))?\W*",
    re.IGNORECASE,
)


@once
def asked_about(heard: Heard) -> About | None:
    """What is asked, where the words tell more closely than by its topic; None for all other words."""
    text = _plain(heard)
    found = (about for about, wordings in _FOUND.items() if wordings.search(text))
    about = About.RECEIPT if only_receipt(heard) else next(found, None)
    return None if about is About.RECEIPT and _NO_RECEIPT.search(text) else about


def asks_only(heard: Heard, about: About) -> bool:
    """Whether nothing is said besides what is asked ``about``, but for a greeting or thanks."""
    text = _plain(heard)
    asked = _FOUND[about].search(text)
    return asked is not None and adds_nothing(f"{text[: asked.start()]} {text[asked.end() :]}")


def only_receipt(heard: Heard) -> bool:
    """Whether the words ask for a receipt and tell nothing else, so that they claim nothing."""
    return _ONLY_RECEIPT.fullmatch(_plain(heard).strip(" |").replace(" @q", "").strip(" |")) is not None


def paid_twice(heard: Heard) -> bool:
    """Whether the words say that it was paid, or taken, two times."""
    said = _TWICE.search(heard.text)  # as written: in the line every number is alike
    return said is not None and _NOT.search(_plain(heard)) is None


def only_greets(text: str) -> bool:
    """Whether ``text`` is a greeting and nothing else: "hallo?", "good morning"."""
    return _GREETS.fullmatch(text) is not None


def _plain(heard: Heard) -> str:
    """The line without the marks of words that nobody taught us."""
    return heard.line.text.replace("~", "")
