"""Puts a time of day to a day: "half 4" is in the afternoon, an hour that summer time skips is none."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.understanding.dates.moment import AMSTERDAM, Doubtful, Moment
from bot.understanding.dates.when import When
from bot.understanding.reading import Ask


def with_time(when: When, days: tuple[date, date] | None, now: datetime) -> Moment:
    """The days found, with the time of day that was named."""
    if when.at is not None:
        doubt = Ask.PAST_DATE if when.at < now else None
        return Moment(at=when.at, edge=when.edge, doubt=doubt)
    single = days[0] if days and days[0] == days[1] else None
    part = "noon" if when.part == "noon" else when.part
    if when.hour is None:
        if single == now.date() and part and _part_is_over(part, now):
            raise Doubtful(Ask.PAST_DATE)
        if single or days is None or when.grain == "feast":
            return Moment(day=days[0] if days else None, part=part, edge=when.edge)
        return Moment(span=days, part=part, edge=when.edge)
    clock = _clock(when)
    if days is not None and single is None and when.grain != "feast":
        return Moment(span=days, clock=clock, part=part, edge=when.edge)
    if days is not None:
        return Moment(at=_at(when, days[0], clock, now), edge=when.edge)
    return Moment(clock=clock, at=_next(clock, when, now), edge=when.edge)


_ENDS = {"morning": 12, "noon": 14, "afternoon": 18, "evening": 24, "night": 24}


def _part_is_over(part: str, now: datetime) -> bool:
    return now.hour >= _ENDS[part]


def _clock(when: When) -> time:
    """The time of day meant: "half 4" is in the afternoon, "half 9" in the morning."""
    assert when.hour is not None  # noqa: S101 - told to the type checker; _with_time looked
    hour, minute = when.hour, when.minute or 0
    if hour == 24:
        hour = 0
    if not 0 <= hour <= 24 or not 0 <= minute <= 59:
        raise Doubtful(Ask.WHICH_TIME)
    if not when.sure and hour < 12:
        late = when.part in ("afternoon", "evening") or (when.part == "noon" and hour < 6)
        if late or (when.part is None and 1 <= hour < 7 and not (hour == 6 and minute >= 30)):
            hour += 12
    if when.part in ("night", "evening") and hour == 12 and not when.sure:
        hour = 0
    if when.part == "morning" and hour > 12:
        raise Doubtful(Ask.CONTRADICTION)
    return time(hour, minute)


def _at(when: When, day: date, clock: time, now: datetime) -> datetime:
    moment = _existing(day, clock)
    if moment >= now or day < now.date():
        return moment
    later = moment + timedelta(hours=12)
    may_be_late = not when.sure and clock.hour < 12 and when.part is None
    if may_be_late and later.date() == day and later >= now:
        return _existing(day, time(clock.hour + 12, clock.minute))
    raise Doubtful(Ask.PAST_DATE)


# Half past six is the first hour that may be of the morning or of the evening.
_EARLY, _TEN, _NOON = 6, 10, 12


def _next(clock: time, when: When, now: datetime) -> datetime:
    today = _existing(now.date(), clock)
    if today >= now:
        return today
    if when.sure or when.part is not None or not _EARLY <= clock.hour < _NOON:
        return _existing(now.date() + timedelta(1), clock)
    late = _existing(now.date(), time(clock.hour + _NOON, clock.minute))
    if now.hour >= _NOON and now < late and clock.hour < _TEN:
        # "Om half negen", said in the afternoon, is tonight.
        return late
    if now < late:
        raise Doubtful(Ask.WHICH_TIME, now.date(), now.date() + timedelta(1))
    return _existing(now.date() + timedelta(1), clock)


def _existing(day: date, clock: time) -> datetime:
    """The moment on the clocks of Amsterdam; an hour skipped by summer time is asked about."""
    moment = datetime.combine(day, clock, AMSTERDAM)
    back = moment.astimezone(ZoneInfo("UTC")).astimezone(AMSTERDAM)
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise Doubtful(Ask.WHICH_TIME, day)
    return moment
