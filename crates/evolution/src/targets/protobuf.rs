//! Protocol Buffers on the wire: messages written before are parsed by the new definition.
//!
//! Field numbers are not part of a contract: that a number is kept, and never used again, is
//! assumed.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BooleanInteger, CharLengthens,
    DefaultChanges, Drop, EncodingChanges, EnumGrows, EnumShrinks, FloatToDouble, IntegerToLong,
    NumberNarrows, PartitionChanges, PrimaryKeyChanges, PrimaryKeyUnfit, Relax, Rename, Require,
    SignChanges, SmallToInteger, TextLengthens, TextShortens, TextToBytes, TimestampCoarsens,
    TimestampRefines, TimestampToNanos, ValuesNarrow, ValuesWiden,
};
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Row, Source, Target, row};

const GUIDE_URL: &str = "https://protobuf.dev/programming-guides/proto3/";

static UPDATING: Source = guide("Updating A Message Type");
static DELETING: Source = guide("Deleting Fields");
static PRESENCE: Source = guide("Default Field Values");
static SCALARS: Source = guide("Scalar Value Types");
static ENUMS: Source = Source {
    document: "Protocol Buffers, Enum Behavior",
    section: "Definitions",
    url: "https://protobuf.dev/programming-guides/enum/",
};
static ENCODING: Source = Source {
    document: "Protocol Buffers, Encoding",
    section: "Message Structure; More Integer Types",
    url: "https://protobuf.dev/programming-guides/encoding/",
};
static TIMESTAMP: Source = Source {
    document: "Protocol Buffers, Well-Known Types",
    section: "Timestamp",
    url: "https://protobuf.dev/reference/protobuf/google.protobuf/#timestamp",
};
static EXPLICIT: Source = Source {
    document: "Protocol Buffers, Language Guide (proto 2)",
    section: "Default Field Values",
    url: "https://protobuf.dev/programming-guides/proto2/",
};

const fn guide(section: &'static str) -> Source {
    Source {
        document: "Protocol Buffers, Language Guide (proto 3)",
        section,
        url: GUIDE_URL,
    }
}

static ROWS: &[Row] = &[
    row(
        &[AddOptional],
        InPlace,
        "messages without the field are parsed; it is absent",
        &UPDATING,
    ),
    row(
        &[AddRequired, Require],
        Rewrite,
        "messages written before may lack it, and parse to a zero that nobody wrote",
        &PRESENCE,
    ),
    row(
        &[AddRequiredWithDefault],
        WithFeature("a `default` of proto 2 or of an edition"),
        "proto 3 has no default but zero",
        &EXPLICIT,
    ),
    row(
        &[Drop],
        InPlace,
        "unknown fields are skipped; reserve the number and the name",
        &DELETING,
    ),
    row(
        &[Rename],
        InPlace,
        "names are not on the wire (they are in ProtoJSON and TextFormat)",
        &ENCODING,
    ),
    row(&[Relax], InPlace, "every field may be absent", &PRESENCE),
    row(
        &[SmallToInteger, IntegerToLong, SignChanges, BooleanInteger],
        InPlace,
        "`int32`, `uint32`, `int64`, `uint64` and `bool` are compatible",
        &UPDATING,
    ),
    row(
        &[NumberNarrows],
        Rewrite,
        "parses, and cuts a number that does not fit",
        &UPDATING,
    ),
    row(
        &[EncodingChanges],
        Rewrite,
        "`sint32` and `sint64`, and the fixed types, are compatible with none of the others",
        &UPDATING,
    ),
    row(
        &[TextToBytes],
        InPlace,
        "`string` and `bytes` are compatible as long as the bytes are valid UTF-8",
        &UPDATING,
    ),
    row(
        &[FloatToDouble],
        Rewrite,
        "`float` takes four bytes on the wire, `double` eight",
        &ENCODING,
    ),
    row(
        &[EnumGrows, EnumShrinks],
        InPlace,
        "enums are open: a number without a name is kept; reserve the numbers that go",
        &ENUMS,
    ),
    row(
        &[
            TextLengthens,
            TextShortens,
            CharLengthens,
            ValuesWiden,
            ValuesNarrow,
        ],
        InPlace,
        "`string` and `bytes` have no length",
        &SCALARS,
    ),
    row(
        &[TimestampRefines, TimestampToNanos, TimestampCoarsens],
        InPlace,
        "a `Timestamp` counts nanoseconds",
        &TIMESTAMP,
    ),
    row(
        &[
            DefaultChanges,
            PrimaryKeyChanges,
            PrimaryKeyUnfit,
            PartitionChanges,
        ],
        InPlace,
        "messages hold neither defaults, keys nor partitions",
        &ENCODING,
    ),
];

pub(super) static TARGET: Target = Target {
    name: "protobuf",
    title: "Protocol Buffers",
    rows: &[ROWS],
    rest: row(&[], Rewrite, "not among the compatible types", &UPDATING),
};
