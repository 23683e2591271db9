"""Rules for a part of the day told by what one does then: "na het werk", "eind van de middag".

Without a day these are about today, while that part of it is still to come; "in de avond" is any evening.
"""

from bot.understanding.dates.base import Scope, rule
from bot.understanding.dates.when import When


@rule(
    "parts",
    "[THE] <stretch> [OF] [the|de] <part>",
    "aan|tegen [het|t] <stretch> [OF] [the|de] <part>",
    "by|at|towards [the] <stretch> [OF] [the|de] <part>",
    "in de loop van de <part>",
    "in the course of the <part>",
    "later|straks [in] [de|the] <part>",
)
def stretch_of_part(_: Scope, *said: str) -> When:
    return When(part=said[-1], nearest=True)


@rule("parts", "[by|before|at] close of|off play|business", "[by|before|at] end of play|business")
def close_of_play(_: Scope) -> When:
    return When(part="afternoon", nearest=True)


@rule("parts", "na|after [de|the|mijn|my] lunch|lunchpauze|lunchtime|middageten|noon|midday")
def after_lunch(_: Scope) -> When:
    return When(part="afternoon", nearest=True)


@rule(
    "parts",
    "na het|t|mijn|me werk|eten|avondeten|werkdag|sporten|trainen",
    "na de|mijn werkdag|training|sport|afwas",
    "na werktijd|werk|school|etenstijd",
    "after [my|the] work|dinner|school|supper|tea|training|shift",
    "after hours|work",
)
def after_work(_: Scope) -> When:
    return When(part="evening", nearest=True)
