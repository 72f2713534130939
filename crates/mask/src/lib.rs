//! Value transforms: what a masked value looks like. No I/O.
