//! The closed list of units that the custom property `unit` may name.

/// What a unit measures. Units of one dimension convert into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// A duration.
    Duration,
    /// An amount of data.
    Data,
    /// How many.
    Count,
    /// A part of a whole.
    Ratio,
    /// How often in a second.
    Rate,
    /// How much data in a second.
    Throughput,
}

/// A unit.
#[derive(Debug)]
pub struct Unit {
    /// Its symbol.
    pub name: &'static str,
    /// How else people write it, in lower case.
    pub spellings: &'static [&'static str],
    /// What it measures.
    pub dimension: Dimension,
    /// How many of the dimension's smallest unit it is: nanoseconds, bits, ones, millionths.
    pub scale: u64,
}

const fn of(
    name: &'static str,
    dimension: Dimension,
    scale: u64,
    spellings: &'static [&'static str],
) -> Unit {
    Unit {
        name,
        spellings,
        dimension,
        scale,
    }
}

static UNITS: [Unit; 18] = [
    of(
        "ns",
        Dimension::Duration,
        1,
        &["nanosecond", "nanoseconds", "nanos", "nsec"],
    ),
    of(
        "us",
        Dimension::Duration,
        1_000,
        &[
            "microsecond",
            "microseconds",
            "micros",
            "usec",
            "\u{b5}s",
            "\u{3bc}s",
        ],
    ),
    of(
        "ms",
        Dimension::Duration,
        1_000_000,
        &["millisecond", "milliseconds", "millis", "msec"],
    ),
    of(
        "s",
        Dimension::Duration,
        1_000_000_000,
        &["second", "seconds", "sec", "secs"],
    ),
    of(
        "min",
        Dimension::Duration,
        60_000_000_000,
        &["minute", "minutes", "mins"],
    ),
    of(
        "h",
        Dimension::Duration,
        3_600_000_000_000,
        &["hour", "hours", "hr", "hrs"],
    ),
    of(
        "d",
        Dimension::Duration,
        86_400_000_000_000,
        &["day", "days"],
    ),
    of("bits", Dimension::Data, 1, &["bit"]),
    of("octets", Dimension::Data, 8, &["octet", "byte", "bytes"]),
    of("count", Dimension::Count, 1, &[]),
    of("hops", Dimension::Count, 1, &["hop"]),
    of("ratio", Dimension::Ratio, 1_000_000, &[]),
    of(
        "percent",
        Dimension::Ratio,
        10_000,
        &["%", "pct", "percentage"],
    ),
    of("permille", Dimension::Ratio, 1_000, &["\u{2030}"]),
    of(
        "queries/s",
        Dimension::Rate,
        1,
        &[
            "qps",
            "query/s",
            "queries/sec",
            "queries/second",
            "queries per second",
        ],
    ),
    of(
        "packets/s",
        Dimension::Rate,
        1,
        &[
            "pps",
            "packet/s",
            "packets/sec",
            "packets/second",
            "packets per second",
        ],
    ),
    of(
        "bits/s",
        Dimension::Throughput,
        1,
        &["bps", "bit/s", "bits/sec", "bits/second", "bits per second"],
    ),
    of(
        "octets/s",
        Dimension::Throughput,
        8,
        &[
            "octet/s",
            "byte/s",
            "bytes/s",
            "bytes/sec",
            "bytes/second",
            "bytes per second",
            "octets per second",
        ],
    ),
];

/// The unit of that symbol.
#[must_use]
pub fn unit(name: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.name == name)
}

/// Every unit.
pub fn units() -> impl Iterator<Item = &'static Unit> {
    UNITS.iter()
}

/// The unit that is meant by a symbol, a name that is written out, or either in other letters.
#[must_use]
pub fn unit_meant(text: &str) -> Option<&'static Unit> {
    let folded = text.trim().to_lowercase();
    UNITS.iter().find(|unit| {
        let mut words = std::iter::once(&unit.name).chain(unit.spellings);
        words.any(|word| *word == folded)
    })
}
