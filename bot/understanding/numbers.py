"""Numbers as people write them in words, in Dutch and English: "vijfentwintig", "twenty-fifth"."""

_NL_ONES = "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien"
_NL_TEENS = "vijftien zestien zeventien achttien negentien"
_NL_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig"
_EN_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_EN_TEENS = "fifteen sixteen seventeen eighteen nineteen"
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NL_ORDINALS = (
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde "
    "dertiende veertiende vijftiende zestiende zeventiende achttiende negentiende"
)
_EN_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)


# "Half vieren", "voor vijven", "tegen zessen": the clock's own plural, which also counts parts ("in vieren").
_PLURALS = "enen tweeen drieen vieren vijven zessen zevenen achten negenen tienen elven twaalven"
PLURAL_HOURS = {word: n for n, word in enumerate(_PLURALS.split(), 1)} | {"twaalfen": 12, "elfen": 11}


def _cardinals() -> dict[str, int]:
    numbers = {word: n for n, word in enumerate(f"{_NL_ONES} {_NL_TEENS}".split())}
    numbers |= {word: n for n, word in enumerate(f"{_EN_ONES} {_EN_TEENS}".split())}
    for tens, (dutch, english) in enumerate(zip(_NL_TENS.split(), _EN_TENS.split(), strict=True), 2):
        numbers[dutch] = numbers[english] = tens * 10
        for n in range(1, 10):
            numbers[f"{_NL_ONES.split()[n]}en{dutch}"] = tens * 10 + n
            numbers[f"{english}-{_EN_ONES.split()[n]}"] = tens * 10 + n
            numbers[f"{english}{_EN_ONES.split()[n]}"] = tens * 10 + n
    numbers |= {
        "honderd": 100,
        "tweehonderd": 200,
        "tachtig": 80,
        "hundred": 100,
        "ene": 1,
        "één": 1,
        "dozijn": 12,
        "dozen": 12,
    }
    return numbers | PLURAL_HOURS


def _ordinals() -> dict[str, int]:
    numbers = {word: n for n, word in enumerate(_NL_ORDINALS.split(), 1)}
    numbers |= {word: n for n, word in enumerate(_EN_ORDINALS.split(), 1)}
    for word, n in CARDINALS.items():
        if n >= 20 and word.endswith("tig"):
            numbers[f"{word}ste"] = n
        if n in (20, 30):
            continue
        if n > 20 and n < 40 and word.startswith(("twenty", "thirty")):
            base, ones = word[:6], n % 10
            ordinal = _EN_ORDINALS.split()[ones - 1]
            numbers[f"{base}-{ordinal}"] = numbers[f"{base}{ordinal}"] = n
    return numbers | {"twentieth": 20, "thirtieth": 30, "honderdste": 100, "1e": 1}


CARDINALS = _cardinals()
ORDINALS = _ordinals()
# Money by the note: "een tientje", "twee vijftigjes".
NOTES = {
    "vijfje": 5,
    "vijfjes": 5,
    "tientje": 10,
    "tientjes": 10,
    "twintigje": 20,
    "twintigjes": 20,
    "geeltje": 25,
    "vijftigje": 50,
    "vijftigjes": 50,
    "honderdje": 100,
    "meier": 100,
    "tenner": 10,
    "tenners": 10,
    "fiver": 5,
    "fivers": 5,
}
# Months in a year, cents and the like are never written with these: halves of a unit.
HALVES = {"anderhalf": 1.5, "anderhalve": 1.5, "tweeenhalf": 2.5, "tweeenhalve": 2.5, "1,5": 1.5}
