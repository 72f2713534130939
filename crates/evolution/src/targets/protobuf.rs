//! Protocol Buffers on the wire: messages written before are parsed by the new definition.
//!
//! Field numbers are not part of a contract: that a number is kept, and never used again, is
//! assumed.

use super::change::Change::{
    AddOptional, AddRequired, AddRequiredWithDefault, BecomesUnique, BooleanInteger, BytesToText,
    CharLengthens, DefaultChanges, DoubleToFloat, Drop, EncodingChanges, EnumGrows, EnumInteger,
    EnumShrinks, FloatToDouble, IntegerToLong, NumberNarrows, PartitionChanges, PrimaryKeyChanges,
    PrimaryKeyUnfit, Relax, Rename, Require, SignChanges, SmallToInteger, TextLengthens,
    TextShortens, TextToBytes, TimestampCoarsens, TimestampRefines, TimestampToNanos, ValuesNarrow,
    ValuesWiden,
};
use super::spelling::Dialect;
use super::table::Outcome::{InPlace, Rewrite, WithFeature};
use super::table::{Row, Source, Target, row};

const GUIDE_URL: &str = "https://protobuf.dev/programming-guides/proto3/";

static UPDATING: Source = guide("Updating A Message Type");
static DELETING: Source = guide("Deleting Fields");
static PRESENCE: Source = guide("Default Field Values");
static SCALARS: Source = guide("Scalar Value Types");
static ENUMS: Source = Source::of(
    "Protocol Buffers, Enum Behavior",
    "Definitions",
    "https://protobuf.dev/programming-guides/enum/",
);
static ENCODING: Source = Source::of(
    "Protocol Buffers, Encoding",
    "Message Structure",
    "https://protobuf.dev/programming-guides/encoding/",
);
static FIXED: Source = Source::of(
    "Protocol Buffers, Encoding",
    "Non-varint Numbers",
    "https://protobuf.dev/programming-guides/encoding/",
);
static TIMESTAMP: Source = Source::of(
    "Protocol Buffers, Well-Known Types",
    "Timestamp",
    "https://protobuf.dev/reference/protobuf/google.protobuf/#timestamp",
);
static EXPLICIT: Source = Source::of(
    "Protocol Buffers, Language Guide (proto 2)",
    "Default Field Values",
    "https://protobuf.dev/programming-guides/proto2/",
);

const fn guide(section: &'static str) -> Source {
    Source::of(
        "Protocol Buffers, Language Guide (proto 3)",
        section,
        GUIDE_URL,
    )
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
        &[
            SmallToInteger,
            IntegerToLong,
            SignChanges,
            BooleanInteger,
            EnumInteger,
        ],
        InPlace,
        "`int32`, `uint32`, `int64`, `uint64`, `bool` and enums are compatible on the wire",
        &UPDATING,
    ),
    row(
        &[NumberNarrows],
        WithFeature("numbers that fit the narrower type"),
        "compatible; a number that does not fit is cut as by a cast in C++",
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
        "`string` and `bytes` are compatible, and text is valid UTF-8",
        &UPDATING,
    ),
    row(
        &[BytesToText],
        WithFeature("stored bytes that are valid UTF-8"),
        "`string` and `bytes` are compatible as long as the bytes are valid UTF-8",
        &UPDATING,
    ),
    row(
        &[FloatToDouble, DoubleToFloat],
        Rewrite,
        "`float` takes four bytes on the wire, `double` eight",
        &FIXED,
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
            BecomesUnique,
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
    dialect: Dialect::Common,
    rows: &[ROWS],
    rest: row(&[], Rewrite, "not among the compatible types", &UPDATING),
};
