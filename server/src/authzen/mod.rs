//! The OpenID AuthZEN Authorization API 1.0 over our decisions.
//!
//! A subject is a `user` (with the groups it is in as the property `groups`) or a `group` alone. A
//! resource is an `object` (`contract/object`, with `columns` as a property; all at the top without)
//! or a `column` (`contract/object/path`). Masks and filters come back as obligations in the
//! decision's context: who does not carry them out must take the decision for a denial.

pub mod entities;
pub mod evaluate;
pub mod search;
