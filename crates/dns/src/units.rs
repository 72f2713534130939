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
    /// What it measures.
    pub dimension: Dimension,
    /// How many of the dimension's smallest unit it is: nanoseconds, bits, ones, millionths.
    pub scale: u64,
}

const fn of(name: &'static str, dimension: Dimension, scale: u64) -> Unit {
    Unit {
        name,
        dimension,
        scale,
    }
}

static UNITS: [Unit; 18] = [
    of("ns", Dimension::Duration, 1),
    of("us", Dimension::Duration, 1_000),
    of("ms", Dimension::Duration, 1_000_000),
    of("s", Dimension::Duration, 1_000_000_000),
    of("min", Dimension::Duration, 60_000_000_000),
    of("h", Dimension::Duration, 3_600_000_000_000),
    of("d", Dimension::Duration, 86_400_000_000_000),
    of("bits", Dimension::Data, 1),
    of("octets", Dimension::Data, 8),
    of("count", Dimension::Count, 1),
    of("hops", Dimension::Count, 1),
    of("ratio", Dimension::Ratio, 1_000_000),
    of("percent", Dimension::Ratio, 10_000),
    of("permille", Dimension::Ratio, 1_000),
    of("queries/s", Dimension::Rate, 1),
    of("packets/s", Dimension::Rate, 1),
    of("bits/s", Dimension::Throughput, 1),
    of("octets/s", Dimension::Throughput, 8),
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
