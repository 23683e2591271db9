"""What we do with a reading under the merchant's rules: pure, and the same for words, buttons and pages."""

from bot.decide.promises import promise_for, promised
from bot.decide.roads import decide
from bot.decision import Act, Decision, Known

__all__ = ["Act", "Decision", "Known", "decide", "promise_for", "promised"]
