//! Expressions of `cron`: five fields as POSIX has them (crontab, INPUT FILES), and what the schedulers of
//! today add to them: names, steps, `?`, `L`, `W`, `#` and `H`, seconds before them, a year after them.

/// What a field counts, and its least and greatest number.
struct Field {
    what: &'static str,
    range: (u32, u32),
    /// Names of its numbers, from the least on.
    names: &'static [&'static str],
}

const fn field(what: &'static str, range: (u32, u32), names: &'static [&'static str]) -> Field {
    Field { what, range, names }
}

const MONTHS: [&str; 12] = [
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
];
const WEEK: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

static SECOND: Field = field("second", (0, 59), &[]);
static MINUTE: Field = field("minute", (0, 59), &[]);
static HOUR: Field = field("hour", (0, 23), &[]);
static DAY: Field = field("day of the month", (1, 31), &[]);
static MONTH: Field = field("month", (1, 12), &MONTHS);
static WEEKDAY: Field = field("day of the week", (0, 7), &WEEK);
static YEAR: Field = field("year", (1970, 2199), &[]);

const FIVE: [&Field; 5] = [&MINUTE, &HOUR, &DAY, &MONTH, &WEEKDAY];

/// Words that stand for a whole expression.
const NAMED: [&str; 8] = [
    "@yearly",
    "@annually",
    "@monthly",
    "@weekly",
    "@daily",
    "@midnight",
    "@hourly",
    "@reboot",
];

/// Whether a text is meant for `cron` though nothing says so: fields of its signs, and nothing else.
pub(super) fn looks_like(text: &str) -> bool {
    let is_field = |field: &str| {
        field
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"*,-/?".contains(&byte))
    };
    let fields: Vec<&str> = text.split_whitespace().collect();
    (5..=7).contains(&fields.len()) && fields.into_iter().all(is_field)
}

/// Why no scheduler starts anything by this.
pub(super) fn flaw(text: &str) -> Option<String> {
    let text = text.trim();
    let inner = text
        .strip_prefix("cron(")
        .and_then(|it| it.strip_suffix(')'));
    let text = inner.unwrap_or(text);
    if text.starts_with('@') {
        let every = text
            .strip_prefix("@every ")
            .is_some_and(|it| !it.trim().is_empty());
        let is_named = NAMED.iter().any(|name| name.eq_ignore_ascii_case(text));
        return (!every && !is_named).then(|| "this name is not known".to_owned());
    }
    let mut fields: Vec<&str> = text.split_whitespace().collect();
    if fields
        .first()
        .is_some_and(|first| first.starts_with("TZ=") || first.starts_with("CRON_TZ="))
    {
        fields.remove(0);
    }
    let with =
        |before: &[&'static Field], after: &[&'static Field]| [before, &FIVE, after].concat();
    match fields.len() {
        5 => wrong(&fields, &FIVE),
        // Quartz and Spring begin with seconds, Amazon ends with a year.
        6 => {
            let by_year = wrong(&fields, &with(&[], &[&YEAR]));
            let by_second = wrong(&fields, &with(&[&SECOND], &[]));
            by_year.and(by_second)
        }
        7 => wrong(&fields, &with(&[&SECOND], &[&YEAR])),
        count => Some(format!("it has `{count}` fields, and not five")),
    }
}

fn wrong(stated: &[&str], fields: &[&'static Field]) -> Option<String> {
    let each = || stated.iter().zip(fields);
    let flaw = each().find_map(|(text, field)| out_of_field(text, field));
    let of = |wanted: &'static Field| {
        let found = each().find(|(_, field)| std::ptr::eq(**field, wanted));
        found.map_or("*", |(text, _)| *text)
    };
    flaw.or_else(|| no_such_day(of(&DAY), of(&MONTH), of(&WEEKDAY)))
}

fn out_of_field(text: &str, field: &Field) -> Option<String> {
    let is_good = text.split(',').all(|part| is_part(part, field));
    let (least, most) = field.range;
    (!is_good).then(|| {
        let what = field.what;
        let text = crate::spelling::quoted(text);
        format!("`{text}` is no {what} (`{least}` to `{most}`)")
    })
}

/// `*`, `5`, `MON-FRI`, `*/15`, `0-30/5`, `H`, `?`, and of days `L`, `L-3`, `15W`, `LW`, `5L`, `2#1`.
fn is_part(part: &str, field: &Field) -> bool {
    let upper = part.to_ascii_uppercase();
    let (span, step) = match upper.split_once('/') {
        Some((span, step)) => (span, Some(step)),
        None => (upper.as_str(), None),
    };
    let (_, most) = field.range;
    let steps = |step: &str| {
        step.parse::<u32>()
            .is_ok_and(|step| step > 0 && step <= most + 1)
    };
    let is_step = step.is_none_or(steps);
    is_step && (is_span(span, field) || (step.is_none() && is_day_word(span, field)))
}

fn is_span(span: &str, field: &Field) -> bool {
    if matches!(span, "*" | "?" | "H") {
        return true;
    }
    // Jenkins spreads starts within `H(0-29)`.
    let hashed = span.strip_prefix("H(").and_then(|it| it.strip_suffix(')'));
    match hashed.unwrap_or(span).split_once('-') {
        // Some schedulers let a range run past midnight.
        Some((from, to)) => number(from, field).is_some() && number(to, field).is_some(),
        None => hashed.is_none() && number(span, field).is_some(),
    }
}

fn number(text: &str, field: &Field) -> Option<u32> {
    let (least, most) = field.range;
    let named = field
        .names
        .iter()
        .zip(least..)
        .find(|(name, _)| **name == text);
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = || is_plain.then(|| text.parse().ok()).flatten();
    let number = named.map(|(_, number)| number).or_else(plain);
    number.filter(|number| (least..=most).contains(number))
}

/// Days that are counted from another end.
fn is_day_word(word: &str, field: &Field) -> bool {
    let is_number = |text: &str| number(text, field).is_some();
    if field.what == DAY.what {
        return matches!(word, "L" | "LW")
            || word.strip_prefix("L-").is_some_and(is_number)
            || word.strip_suffix('W').is_some_and(is_number);
    }
    if field.what != WEEKDAY.what {
        return false;
    }
    let nth = word
        .split_once('#')
        .is_some_and(|(day, nth)| is_number(day) && matches!(nth, "1" | "2" | "3" | "4" | "5"));
    word == "L" || nth || word.strip_suffix('L').is_some_and(is_number)
}

/// Why the days stated stand in none of the months stated: `30 2` is the thirtieth of February.
fn no_such_day(day: &str, month: &str, weekday: &str) -> Option<String> {
    const LENGTHS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    // With both kinds of days stated, either starts it.
    if !matches!(weekday, "*" | "?") {
        return None;
    }
    let numbers = |text: &str, field| -> Option<Vec<u32>> {
        let upper = text.to_ascii_uppercase();
        upper.split(',').map(|part| number(part, field)).collect()
    };
    let (days, months) = (numbers(day, &DAY)?, numbers(month, &MONTH)?);
    let longest = months
        .iter()
        .filter_map(|month| LENGTHS.get(*month as usize - 1))
        .max()?;
    let earliest = days.iter().min()?;
    (earliest > longest).then(|| format!("the months stated have no day `{earliest}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_some_scheduler_starts() {
        for good in [
            "0 20 * * *",
            "*/15 * * * *",
            "0 0 1,15 * *",
            "0 9-17/2 * * MON-FRI",
            "0 0 * JAN sun",
            "0 0 * * 7",
            "0 0 29 2 *",
            "0 22-2 * * *",
            "0 0 12 ? * WED",
            "0 0 12 1/5 * ?",
            "0 15 10 L * ? 2027",
            "0 15 10 ? * 6L",
            "0 15 10 ? * 6#3",
            "0 0 LW * ?",
            "0 12 * * ? 2030",
            "cron(0 12 * * ? *)",
            "H H(0-7) * * *",
            "@daily",
            "@every 15m",
            "TZ=UTC 0 20 * * *",
            " 0  20 * * * ",
        ] {
            assert_eq!(flaw(good), None, "{good}");
        }
    }

    #[test]
    fn what_no_scheduler_starts() {
        for bad in [
            "",
            "daily",
            "99 99 * * *",
            "60 * * * *",
            "0 24 * * *",
            "0 0 0 * *",
            "0 0 32 * *",
            "0 0 * 13 *",
            "0 0 * * 8",
            "0 0 * * FUNDAY",
            "* * * *",
            "0 20 * * * * * *",
            "*/0 * * * *",
            "*/61 * * * *",
            "0 0 30 2 *",
            "0 0 31 4,6,9,11 *",
            "5-99 * * * *",
            "1,,2 * * * *",
            "0 0 * * 2#6",
            "@dayly",
            "0 61 20 * * ?",
            "a b c d e",
        ] {
            assert!(flaw(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn other_words_are_not_taken_for_it() {
        assert!(looks_like("99 99 * * *"));
        assert!(!looks_like("every day at nine o clock"));
        assert!(!looks_like("daily"));
    }
}
