"""What to ask back, in the payer's language and at reading level B1."""

from datetime import date

from bot.understanding.reading import Ask

_BOTH = (
    "Nederlands: antwoord met een dag (vrijdag) of met: vraag. "
    "English: reply with a day (friday) or with: question."
)
_QUESTIONS: dict[Ask, tuple[str, str]] = {
    Ask.WHEN: (
        "Op welke dag komt het uit? Antwoord bijvoorbeeld: vrijdag.",
        "Which day suits you? Reply for example: friday.",
    ),
    Ask.WHICH_DAY: (
        "Welke dag is dat precies? Antwoord bijvoorbeeld: 27 november.",
        "Which day is that exactly? Reply for example: 27 November.",
    ),
    Ask.THAT_DAY: (
        "Is {day} de dag om te betalen? Antwoord: {day}. Of noem een andere dag.",
        "Is {day} the day to pay? Reply: {day}. Or name another day.",
    ),
    Ask.WHICH_TIME: (
        "Hoe laat precies? Antwoord bijvoorbeeld: 15.30 uur.",
        "What time exactly? Reply for example: 15:30.",
    ),
    Ask.IMPOSSIBLE_DATE: (
        "Die datum bestaat niet. Welke dag is het wel?",
        "That date does not exist. Which day is it?",
    ),
    Ask.PAST_DATE: (
        "Die dag is al voorbij. Welke dag komt wel uit?",
        "That day has passed. Which day would suit you?",
    ),
    Ask.CONTRADICTION: (
        "De dag en de datum passen niet bij elkaar. Welke dag is het?",
        "The day and the date do not match. Which day is it?",
    ),
    Ask.HOW_MANY: (
        "In hoeveel keer komt het uit? Antwoord bijvoorbeeld: 3.",
        "In how many parts? Reply for example: 3.",
    ),
    Ask.HOW_OFTEN: (
        "Hoe vaak is dat: per week of per maand?",
        "How often is that: every week or every month?",
    ),
    Ask.PAY_DAY: (
        "Op welke dag komt dat geld binnen? Antwoord bijvoorbeeld: de 25e.",
        "Which day does that money come in? Reply for example: the 25th.",
    ),
    Ask.UNTIL_WHEN: (
        "Tot welke dag? Antwoord bijvoorbeeld: tot 1 januari.",
        "Until which day? Reply for example: until 1 January.",
    ),
    Ask.YES_TO_WHAT: (
        "Fijn. Wat komt het best uit: nu betalen, een andere dag of in delen?",
        "Good. What suits you best: pay now, another day, or in parts?",
    ),
    Ask.NO_TO_WHAT: (
        "Wat komt er wel uit: een andere dag, in delen, of is er iets niet goed?",
        "What would suit you: another day, in parts, or is something not right?",
    ),
    Ask.WHICH_CHANNEL: (
        "Hoe hoort het bericht bij u te komen: WhatsApp, sms of e-mail?",
        "How should messages reach you: WhatsApp, SMS or e-mail?",
    ),
    Ask.WHICH_LANGUAGE: ("Welke taal: Nederlands of Engels?", "Which language: Dutch or English?"),
    Ask.NOT_ME: (
        "Is dit bericht voor iemand anders? Antwoord dan: verkeerd nummer.",
        "Is this message for somebody else? Then reply: wrong number.",
    ),
    Ask.STOP_WHAT: (
        "Wilt u geen berichten meer? Antwoord dan: stop. Of noem een dag om te betalen.",
        "No more messages? Then reply: stop. Or name a day to pay.",
    ),
    Ask.PAY_NOW: (
        "Nu betalen? Antwoord dan: ik betaal nu. Of noem een dag.",
        "Pay now? Then reply: i pay now. Or name a day.",
    ),
    Ask.START_AGAIN: (
        "Mogen de berichten weer komen? Antwoord dan: hervat.",
        "Shall the messages start again? Then reply: resume.",
    ),
    Ask.IS_PAID: (
        "Is er al betaald? Antwoord dan: al betaald. Iets anders? Antwoord met: vraag.",
        "Has it been paid already? Then reply: already paid. Something else? Reply with: question.",
    ),
    Ask.NOT_RIGHT: (
        "Klopt er iets niet? Antwoord dan: klopt niet. Iets anders? Antwoord met: vraag.",
        "Is something not right? Then reply: not right. Something else? Reply with: question.",
    ),
    Ask.NO_MONEY: (
        "Lukt betalen nu niet? Antwoord dan: ik kan nu niet betalen. Of noem een dag, of: in 3 keer.",
        "Can't pay right now? Then reply: i can't pay. Or name a day, or: in 3 parts.",
    ),
    Ask.A_PERSON: (
        "Wilt u iemand spreken? Antwoord dan: medewerker.",
        "Would you like to talk to somebody? Then reply: a person.",
    ),
    Ask.LANGUAGE: (_BOTH, _BOTH),
    Ask.TOO_LONG: (
        "Dat is een lang bericht. Wat is het belangrijkste? Of antwoord met: vraag.",
        "That is a long message. What matters most? Or reply with: question.",
    ),
    Ask.NOT_UNDERSTOOD: (
        "Dat is niet helemaal duidelijk. Antwoord met een dag (vrijdag), met: in 3 keer, of met: vraag.",
        "That is not quite clear. Reply with a day (friday), with: in 3 parts, or with: question.",
    ),
}


_WEEKDAYS = (
    ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)
_MONTHS = (
    *(("januari", "January"), ("februari", "February"), ("maart", "March"), ("april", "April")),
    *(("mei", "May"), ("juni", "June"), ("juli", "July"), ("augustus", "August")),
    *(("september", "September"), ("oktober", "October"), ("november", "November")),
    ("december", "December"),
)


def question(ask: Ask, language: str, days: tuple[date, ...] = ()) -> str:
    """The question to ask, in Dutch or English (other languages get English or both)."""
    dutch, english = _QUESTIONS[ask]
    which = 0 if language == "nl" else 1
    day = _written(days[0], which) if days else ("die dag", "that day")[which]
    return (dutch, english)[which].replace("{day}", day)


def _written(day: date, which: int) -> str:
    return f"{_WEEKDAYS[which][day.weekday()]} {day.day} {_MONTHS[day.month - 1][which]}"
