//! The field dictionary: what DNS data means, and what it reveals.
