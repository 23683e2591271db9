"""Words for days, months, units and parts of the day, in Dutch and English, as people type them."""


def _table(lines: str) -> dict[str, int]:
    rows = (line.split(":") for line in lines.strip().splitlines())
    return {word: int(number) for number, words in rows for word in words.split()}


# 0 is Monday.
WEEKDAYS = _table("""
0: maandag maandags mndag monday mondays maandg maandagje
1: dinsdag dinsd dinsdags tuesday tuesdays tues dinsdagje
2: woensdag woensd woensdags wednesday wednesdays wensday wednsday woensdagje
3: donderdag donderd donderdags thursday thursdays thurs thur donderdagje
4: vrijdag vrijdags friday fridays vryd vrijdagje
5: zaterdag zaterdags saturday saturdays zaterdagje
6: zondag zondags sunday sundays zondagje
""")
# Short forms that are also ordinary words: weekdays only next to something that says so.
SHORT_WEEKDAYS = _table("""
0: ma mon maa
1: di tue din
2: wo wed woe
3: do thu don
4: vr fri vrij fr vri
5: za sat zat sa
6: zo sun zon
""")
MONTHS = _table("""
1: januari january
2: februari february feb febr
3: maart mrt
4: april apr
5: mei
6: juni june jun
7: juli july jul
8: augustus august aug
9: september sept sep
10: oktober october okt oct
11: november nov
12: december dec
""")
SHORT_MONTHS = _table("""
1: jan
3: march mar
5: may
""")
# Months for spelling: a unit of time and how it counts.
UNITS = {
    word: unit
    for unit, words in {
        "minute": "minuut minuten minuutje minuutjes minute minutes min mins",
        "hour": "uur uren uurtje uurtjes hour hours hrs hr u",
        "day": "dag dagen dagje dagjes daagjes day days dgn d",
        "workday": "werkdag werkdagen workday workdays",
        "week": "week weken weke weekje weekjes weekie weeks wk wkn wks wkjes wekjes wkje",
        "fortnight": "fortnight fortnights",
        "month": "maand maanden maandje maandjes month months mnd mnden mths maandn",
        "quarter": "kwartaal kwartalen quarter quarters",
        "year": "jaar jaren jaartje year years yr yrs jr",
    }.items()
    for word in words.split()
}
PARTS = {
    word: part
    for part, words in {
        "morning": "ochtend ochtends ochtens voormiddag morning mornings ochtendje smorgens sochtends",
        "noon": "noon noonish noen midday middaguur lunchuur lunch lunchtime lunchtijd",
        "afternoon": "middag middags namiddag namiddags afternoon afternoons smiddags middagje",
        "evening": "avond avonds evening evenings savonds avondje",
        "night": "nacht nachts night snachts",
    }.items()
    for word in words.split()
}
# Several of a unit: "komende dagen" names no day.
PLURALS = dict.fromkeys(
    [
        "dagen",
        "days",
        "weken",
        "weeks",
        "maanden",
        "months",
        "dgn",
        "wkn",
        "mnden",
        "tijd",
        "time",
        "uren",
        "hours",
    ],
    True,
)
# Days counted from today, with the part of the day when the word says it.
RELATIVE_DAYS: dict[str, tuple[int, str | None]] = {
    "vandaag": (0, None),
    "today": (0, None),
    "heden": (0, None),
    "vanochtend": (0, "morning"),
    "vanmorgen": (0, "morning"),
    "vanmiddag": (0, "afternoon"),
    "vannamiddag": (0, "afternoon"),
    "vanavond": (0, "evening"),
    "vannacht": (0, "night"),
    "tonight": (0, "evening"),
    "morgen": (1, None),
    "tomorrow": (1, None),
    "morgenvroeg": (1, "morning"),
    "overmorgen": (2, None),
    "overovermorgen": (3, None),
    "overmorrow": (2, None),
    "gisteren": (-1, None),
    "yesterday": (-1, None),
    "gisteravond": (-1, "evening"),
    "gistermiddag": (-1, "afternoon"),
    "gisterochtend": (-1, "morning"),
    "gistermorgen": (-1, "morning"),
    "gister": (-1, None),
    "eergisteren": (-2, None),
    "eergister": (-2, None),
}
# Which one of a row: this, the next, or the last one. "coming" is the nearest one ahead.
DIRECTIONS = {
    word: direction
    for direction, words in {
        "this": "dit deze this dees",
        "coming": "komend komende aankomend aankomende aanstaande aanstaand eerstvolgende as "
        "eerstkomende coming upcoming toekomende",
        "next": "volgend volgende next nxt following volg vlgnd volgnde",
        "last": "vorig vorige afgelopen last past previous verleden laatste laatst",
    }.items()
    for word in words.split()
}
# Which stretch of a week, a month or a year.
STRETCHES = {
    word: stretch
    for stretch, words in {
        "begin": "begin beginning start early vroeg",
        "middle": "half midden medio mid middle halfweg halverwege",
        "end": "eind einde end late ultimo eindje laat",
    }.items()
    for word in words.split()
}
# Words a rule passes over, by class.
CLASSES: dict[str, frozenset[str]] = {
    name: frozenset(words.split())
    for name, words in {
        "THE": "de het the den t",
        "IN": "over in binnen within na after",
        "AHEAD": "over in",
        "WITHIN": "binnen within",
        "INSIDE": "in gedurende during tijdens van of the",
        "OF": "van of in vd",
        "ON": "op on",
        "ATHOUR": "om at rond omstreeks around tegen @",
        "AT": (
            "om at rond omstreeks around tegen about by approximately circa @ vanaf from na after "
            "stipt klokslag"
        ),
        "ABOUT": (
            "exact ruwweg zowat at most minimaal rond omstreeks around about circa ca ongeveer "
            "pakweg grofweg approximately approx roughly ruim bijna maybe misschien exactly "
            "like precies minstens maximaal hooguit plusminus ergens say zeg"
        ),
        "AFTER": "na after",
        "PAYDAY": "salaris loon uitkering payday salary wages betaaldag loondag",
        "ONCE": "als zodra wanneer nadat eens once when if after na until till tot totdat",
        "BEFORE": "voor before tegen vóór",
        "UNTIL": "tot until till til totdat tm",
        "UPTO": "tm through thru",
        "BY": "uiterlijk by tegen ultimately",
        "FROM": "vanaf from vana",
        "SINCE": "sinds since",
        "BETWEEN": "tussen between",
        "FROMTO": "van from vanaf tussen between",
        "AND": "en and & - to tot tm through",
        "TO": "tot tm to through until till - t/m en thru",
        "OR": "of or",
        "WEEKEND": "weekend weekeinde weekeind weekends weekendje wkend wknd wkd we'kend",
        "WEEK": "week wk weeks weekje",
        "AM": "am a.m. a.m",
        "PM": "pm p.m. p.m",
        "OCLOCK": "uur u h o'clock oclock hrs hours uurtje",
        "PAST": "over past after",
        "BEFOREHOUR": "voor to before till",
        "QUARTER": "kwart quarter kwartier",
        "YEAR": "jaar year",
        "GLUE": (
            "de het the van of op on om at in rond around , nog dus en ergens sometime - wel namelijk a "
            "the's stipt klokslag precies"
        ),
        "ALL": "ieder iedere elke elk every each alle per",
        "FEW": "paar few couple enkele aantal several some wat handvol tijdje",
    }.items()
}
