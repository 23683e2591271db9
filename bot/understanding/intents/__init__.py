"""What a reply asks for: one file per group of intents, tried in the order of ``STEPS``."""

from collections.abc import Callable

from bot.understanding.draft import Draft
from bot.understanding.intents.announcing import read_announcement
from bot.understanding.intents.closely import read_closely
from bot.understanding.intents.dates import read_dates
from bot.understanding.intents.fallback import read_strong_words
from bot.understanding.intents.less import lean_to_less, only_less, read_less
from bot.understanding.intents.parts import read_instalments
from bot.understanding.intents.pausing import read_pause
from bot.understanding.intents.pay_day import read_pay_day
from bot.understanding.intents.paying import read_paid, read_pay_now
from bot.understanding.intents.people import read_channel, read_human, read_language
from bot.understanding.intents.plights import read_plight
from bot.understanding.intents.second_thoughts import think_again
from bot.understanding.intents.stopping import read_stop, read_wrong_person
from bot.understanding.intents.talk import read_questions, read_yes_no
from bot.understanding.intents.topics import weigh_topic
from bot.understanding.intents.trouble import read_dispute, read_hardship
from bot.understanding.intents.weighing import weigh

STEPS: tuple[Callable[[Draft], None], ...] = (
    read_wrong_person,
    read_stop,
    read_hardship,
    read_dispute,
    read_paid,
    read_pay_day,
    read_less,
    read_instalments,
    read_pause,
    read_human,
    read_channel,
    read_language,
    read_questions,
    read_dates,
    read_pay_now,
    only_less,
    read_yes_no,
    read_strong_words,
    think_again,
    weigh,
    weigh_topic,
    lean_to_less,
    read_closely,
    read_announcement,
    read_plight,
)
