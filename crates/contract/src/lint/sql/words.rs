//! Words that stand without quotes where columns do, in one dialect or another.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Pseudo-columns, parts of dates, types, and values that need no parentheses.
pub(super) static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let words = "\
        all any array bigint binary bool boolean both bytes cast century char cmax cmin ctid \
        current_catalog current_database current_date current_role current_schema \
        current_time current_timestamp current_user currval date datetime day dayofweek \
        dayofyear days dd decade decimal decode default double dow doy epoch false float \
        friday hh hour hours inf infinity int integer interval isodow isoweek isoyear json \
        leading level localtime localtimestamp max maxvalue mi microsecond millennium \
        millisecond min minute minutes minvalue mm mon monday month months ms nan nanos \
        nanosecond nextval now ns null number numeric offset oid ordinality quarter real row \
        rowid rownum saturday second seconds session_user smallint sqlcode ss string sunday \
        sysdate sysdatetime system_user systimestamp tableoid text thursday time timestamp \
        today trailing true tuesday unknown us user utc_date utc_time utc_timestamp uuid \
        value values varchar wednesday week weeks wk xmax xmin year years yy";
    words.split_whitespace().collect()
});
