"""Names of languages as people write them, with their ISO code."""

LANGUAGE_NAMES: dict[str, str] = {
    name: code
    for code, names in {
        "nl": "nederlands nederlandse dutch hollands vlaams flemish",
        "en": "engels engelse english inglish engl",
        "de": "duits duitse german deutsch",
        "fr": "frans franse french francais français",
        "tr": "turks turkse turkish turkce türkçe",
        "pl": "pools poolse polish polski polsku",
        "ar": "arabisch arabische arabic marokkaans",
        "es": "spaans spaanse spanish espanol español",
        "ro": "roemeens roemeense romanian",
        "uk": "oekraiens oekraïens oekraiense ukrainian",
        "ru": "russisch russische russian",
        "it": "italiaans italiaanse italian",
        "pt": "portugees portugese portuguese",
        "zh": "chinees chinese mandarin",
        "ti": "tigrinya",
        "so": "somalisch somali",
        "fa": "farsi perzisch persian",
        "bg": "bulgaars bulgarian",
    }.items()
    for name in names.split()
}
