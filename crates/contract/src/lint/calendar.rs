//! Dates and times of day that exist.

/// A calendar date, `YYYY-MM-DD`.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number = |part: &str, digits| number(part, digits);
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2))
    else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// A date alone, or a date and a time of day as RFC 3339 writes them (section 5.6); the offset may be
/// left out.
pub(super) fn is_date_or_time(text: &str) -> bool {
    match text.split_once(['T', 't', ' ']) {
        Some((date, time)) => is_date(date) && is_time(time),
        None => is_date(text),
    }
}

/// A date, a time of day and its offset, as the format `date-time` of JSON Schema demands them.
pub(super) fn is_moment(text: &str) -> bool {
    let time = text.split_once(['T', 't', ' ']).map(|(_, time)| time);
    let has_offset = |time: &str| time.contains(['Z', 'z', '+', '-']);
    is_date_or_time(text) && time.is_some_and(has_offset)
}

/// A time of day; the offset may be left out.
pub(super) fn is_time(text: &str) -> bool {
    let (clock, offset) = match text.find(['Z', 'z', '+', '-']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<&str> = whole.split(':').collect();
    let good = match parts.as_slice() {
        [hour, minute] => is_clock(hour, minute),
        // A minute may end with a leap second.
        [hour, minute, second] => {
            is_clock(hour, minute) && number(second, 2).is_some_and(|second| second <= 60)
        }
        _ => false,
    };
    let digits = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    good && digits && is_offset(offset)
}

fn is_offset(text: &str) -> bool {
    let hours = text.strip_prefix(['+', '-']);
    matches!(text, "" | "Z" | "z")
        || hours
            .and_then(|hours| hours.split_once(':'))
            .is_some_and(|(hour, minute)| is_clock(hour, minute))
}

fn is_clock(hour: &str, minute: &str) -> bool {
    let below = |part, limit| number(part, 2).is_some_and(|number| number < limit);
    below(hour, 24) && below(minute, 60)
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_exist() {
        assert!(is_date("2028-02-29"));
        for bad in [
            "2027-02-29",
            "2027-13-01",
            "2027-00-10",
            "2027-1-1",
            "soon",
            "2027-04-31",
            "+027-04-01",
        ] {
            assert!(!is_date(bad), "{bad}");
        }
    }

    #[test]
    fn a_moment_has_a_time_and_a_zone() {
        assert!(is_moment("2026-11-23T18:30:00Z") && is_moment("2026-11-23T18:30:00+01:00"));
        assert!(!is_moment("2026-11-23") && !is_moment("2026-11-23T18:30:00"));
    }

    #[test]
    fn times_that_exist() {
        for good in [
            "2026-11-23",
            "2026-11-23T18:30:00Z",
            "2026-11-23t18:30:60.25-03:00",
            "2026-11-23 18:30",
        ] {
            assert!(is_date_or_time(good), "{good}");
        }
        for bad in [
            "2026-11-31T18:30:00Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T18:61:00Z",
            "2026-11-23T18:30:00.Z",
            "2026-11-23T18:30:00+3",
            "2026-11-23T",
            "23.11.2026",
        ] {
            assert!(!is_date_or_time(bad), "{bad}");
        }
    }
}
