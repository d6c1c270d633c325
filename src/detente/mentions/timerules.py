"""All readings by the name that the patterns of `lexicons/times` call them by."""

from __future__ import annotations

from detente.mentions import datereadings, lengthreadings, unitreadings
from detente.mentions.when import Reading

READINGS: dict[str, Reading] = {
    "date": datereadings.read_date,
    "figures": datereadings.read_figures,
    "year": datereadings.read_year,
    "decade": datereadings.read_decade,
    "century": datereadings.read_century,
    "named-day": datereadings.read_named_day,
    "weekday": datereadings.read_weekday,
    "deictic": datereadings.read_deictic,
    "side-month": datereadings.read_side_month,
    "season": datereadings.read_season,
    "day-range": datereadings.read_day_range,
    "month-range": datereadings.read_month_range,
    "side-unit": unitreadings.read_side_unit,
    "told-unit": unitreadings.read_told_unit,
    "the-unit": unitreadings.read_the_unit,
    "nth": unitreadings.read_nth,
    "nth-of-month": unitreadings.read_nth_of_month,
    "lone-nth": unitreadings.read_lone_nth,
    "period": unitreadings.read_period,
    "year-period": unitreadings.read_year_period,
    "this-period": unitreadings.read_this_period,
    "year-earlier-period": unitreadings.read_year_earlier_period,
    "year-end": unitreadings.read_year_end,
    "weekend": unitreadings.read_weekend,
    "part": unitreadings.read_part,
    "in-year": unitreadings.read_in_year,
    "in-week": unitreadings.read_in_week,
    "range": unitreadings.read_range,
    "duration": lengthreadings.read_duration,
    "units": lengthreadings.read_units,
    "last-units": lengthreadings.read_last_units,
    "ago": lengthreadings.read_ago,
    "first-units": lengthreadings.read_first_units,
    "same": lengthreadings.read_same,
    "approximate": lengthreadings.read_approximate,
    "time-on": lengthreadings.read_time_on,
    "reference": lengthreadings.read_reference,
    "set": lengthreadings.read_set,
    "day-part": lengthreadings.read_day_part,
    "clock": lengthreadings.read_clock,
}
