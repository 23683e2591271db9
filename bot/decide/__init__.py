"""What we do with a reading under the merchant's rules: pure, and the same for words, buttons and pages."""

from bot.decide.divided import parts_for
from bot.decide.promises import promise_for, promised
from bot.decide.roads import decide
from bot.decision import Act, Decision, Known

__all__ = ["Act", "Decision", "Known", "decide", "parts_for", "promise_for", "promised"]
