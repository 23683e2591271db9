"""Finds the day on the calendar that a payer means: the next one ahead, or a reason to ask."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.understanding.dates.arithmetic import is_date, month_range, next_weekday
from bot.understanding.dates.when import When
from bot.understanding.reading import Ask

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# Further ahead than this nobody promises; such a year is a slip of the pen.
HORIZON_YEARS = 15


@dataclass(frozen=True, slots=True)
class Moment:
    """A settled moment: a day or a stretch of days, maybe a time; or a doubt with its choices."""

    day: date | None = None
    span: tuple[date, date] | None = None
    clock: time | None = None
    at: datetime | None = None
    part: str | None = None
    edge: str | None = None
    doubt: Ask | None = None
    choices: tuple[date, ...] = ()

    def first_day(self) -> date | None:
        """The first day this moment can be."""
        if self.at is not None:
            return self.at.date()
        return self.span[0] if self.span else self.day

    def last_day(self) -> date | None:
        """The last day this moment can be."""
        if self.at is not None:
            return self.at.date()
        return self.span[1] if self.span else self.day


class Doubtful(Exception):
    """Raised inside when a careful person would ask which day is meant."""

    def __init__(self, ask: Ask, *choices: date) -> None:
        super().__init__(ask)
        self.ask = ask
        self.choices = choices


def settle(when: When, now: datetime, *, past: bool = False) -> Moment:
    """The moment meant by ``when``, read forwards (or backwards for what was done: ``past``)."""
    if when.doubt is not None:
        return Moment(doubt=when.doubt, choices=when.choices, edge=when.edge, part=when.part)
    try:
        found = _days(when, now.date(), past=past)
        return _with_time(when, found, now)
    except Doubtful as doubt:
        return Moment(doubt=doubt.ask, choices=doubt.choices, edge=when.edge, part=when.part)
    except (ValueError, OverflowError):
        return Moment(doubt=Ask.IMPOSSIBLE_DATE, edge=when.edge)


def _days(when: When, today: date, *, past: bool) -> tuple[date, date] | None:
    if when.at is not None:
        return when.at.date(), when.at.date()
    if when.on is not None:
        day = _check_day(when, when.on)
        _refuse_past(day, today, past=past)
        return day, when.last if when.grain == "feast" and when.last else day
    if when.month is not None:
        return _month_day(when, today, past=past)
    if when.day is not None:
        return _day_of_month(when, today, past=past)
    if when.weekday is not None:
        return _weekday(when, today, past=past)
    if when.first is not None and when.last is not None:
        _refuse_past(when.last, today, past=past)
        return (when.first if past else max(when.first, today)), when.last
    return None


def _refuse_past(day: date, today: date, *, past: bool) -> None:
    if not past and day < today:
        raise Doubtful(Ask.PAST_DATE)
    if past and day > today:
        raise Doubtful(Ask.CONTRADICTION)
    if abs(day.year - today.year) > HORIZON_YEARS:
        raise Doubtful(Ask.IMPOSSIBLE_DATE)


def _check_day(when: When, day: date) -> date:
    """The day itself, unless the payer also named a weekday, day or month that it is not."""
    said = ((when.weekday, day.weekday()), (when.day, day.day), (when.month, day.month))
    if any(told is not None and told != real for told, real in said):
        raise Doubtful(Ask.CONTRADICTION)
    if when.year is not None and when.year != day.year:
        raise Doubtful(Ask.CONTRADICTION)
    return day


def _month_day(when: When, today: date, *, past: bool) -> tuple[date, date]:
    assert when.month is not None  # noqa: S101 - told to the type checker; _days looked already
    year = when.year or (when.first.year if when.first and when.grain == "year" else None)
    if when.day is None:
        return _whole_month(when.month, year, today, past=past)
    if not is_date(2024 if year is None else year, when.month, when.day):
        raise Doubtful(Ask.IMPOSSIBLE_DATE)
    if year is None:
        year = _nearest_year(when.month, when.day, today, past=past)
    day = _check_day(When(weekday=when.weekday), date(year, when.month, when.day))
    if when.first and when.last and not when.first <= day <= when.last:
        raise Doubtful(Ask.CONTRADICTION)
    _refuse_past(day, today, past=past)
    return day, day


def _nearest_year(month: int, day: int, today: date, *, past: bool) -> int:
    if past:
        return today.year - ((month, day) > (today.month, today.day))
    year = today.year + ((month, day) < (today.month, today.day))
    if not is_date(year, month, day):
        raise Doubtful(Ask.IMPOSSIBLE_DATE)
    return year


def _whole_month(month: int, year: int | None, today: date, *, past: bool) -> tuple[date, date]:
    if year is None:
        year = today.year - (month > today.month) if past else today.year + (month < today.month)
    first, last = month_range(year, month)
    _refuse_past(first if past else last, today, past=past)
    return (first if past else max(first, today)), last


def _day_of_month(when: When, today: date, *, past: bool) -> tuple[date, date]:
    assert when.day is not None  # noqa: S101 - told to the type checker; _days looked already
    if not 1 <= when.day <= 31:
        raise Doubtful(Ask.IMPOSSIBLE_DATE)
    if when.first and when.last:
        return _within(when, today, past=past)
    if past:
        back = [today - timedelta(n) for n in range(62)]
        day = next(day for day in back if day.day == when.day)
        return day, day
    ahead = [today + timedelta(n) for n in range(93)]
    fits = [day for day in ahead if day.day == when.day]
    if when.weekday is not None:
        fits = [day for day in fits[:2] if day.weekday() == when.weekday]
        if not fits:
            raise Doubtful(Ask.CONTRADICTION)
        return fits[0], fits[0]
    if fits[0] == today and when.hour is None and not when.part:
        raise Doubtful(Ask.WHICH_DAY, *fits[:2])
    if fits[0] > today + timedelta(31):
        raise Doubtful(Ask.WHICH_DAY, fits[0])
    return fits[0], fits[0]


def _within(when: When, today: date, *, past: bool) -> tuple[date, date]:
    """The one day inside the named stretch that fits the weekday and day of the month."""
    assert when.first is not None and when.last is not None  # noqa: S101, PT018 - for the checker
    if (when.last - when.first).days > 370:
        raise Doubtful(Ask.WHICH_DAY)
    days = [when.first + timedelta(n) for n in range((when.last - when.first).days + 1)]
    fits = [day for day in days if when.weekday in (None, day.weekday()) and when.day in (None, day.day)]
    if not fits:
        impossible = when.day is not None and when.grain == "month" and when.weekday is None
        raise Doubtful(Ask.IMPOSSIBLE_DATE if impossible else Ask.CONTRADICTION)
    if len(fits) > 1:
        raise Doubtful(Ask.WHICH_DAY, *[day for day in fits if day >= today][:3])
    if fits[0] < today and when.nearest and when.grain == "month":
        # "De 5e van de maand", said on the 18th, is next month's.
        return _day_of_month(When(day=when.day, weekday=when.weekday), today, past=past)
    _refuse_past(fits[0], today, past=past)
    return fits[0], fits[0]


def _weekday(when: When, today: date, *, past: bool) -> tuple[date, date]:
    assert when.weekday is not None  # noqa: S101 - told to the type checker; _days looked already
    if when.first and when.last:
        return _within(when, today, past=past)
    if past:
        day = today - timedelta((today.weekday() - when.weekday - 1) % 7 + 1)
        return day, day
    day = next_weekday(today, when.weekday)
    if today.weekday() == when.weekday and not when.nearest:
        raise Doubtful(Ask.WHICH_DAY, today, day)
    return day, day


def _with_time(when: When, days: tuple[date, date] | None, now: datetime) -> Moment:
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


def _next(clock: time, when: When, now: datetime) -> datetime:
    today = _existing(now.date(), clock)
    if today >= now:
        return today
    evening = not when.sure and 7 <= clock.hour < 12 and when.part is None
    if evening and now < _existing(now.date(), time(clock.hour + 12, clock.minute)):
        raise Doubtful(Ask.WHICH_TIME, now.date(), now.date() + timedelta(1))
    return _existing(now.date() + timedelta(1), clock)


def _existing(day: date, clock: time) -> datetime:
    """The moment on the clocks of Amsterdam; an hour skipped by summer time is asked about."""
    moment = datetime.combine(day, clock, AMSTERDAM)
    back = moment.astimezone(ZoneInfo("UTC")).astimezone(AMSTERDAM)
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise Doubtful(Ask.WHICH_TIME, day)
    return moment
