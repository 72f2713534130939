//! Masks: what they are as documents, how strong they are, and what a masked value looks like.
//!
//! Belongs here: the mask document, the information lattice (`join`, `leq`), which columns a mask
//! has a meaning for, and the value transforms. Does not belong here: who gets which mask
//! (`policy`), how a mask is written in SQL (`policy`), where keys are kept, any I/O.

mod address;
mod apply;
mod document;
mod lattice;
mod mask;
mod meaning;
mod name;

pub use apply::{CannotApply, Value};
pub use document::MaskError;
pub use mask::{DomainCut, IpPrefix, Keyed, Mask};
pub use meaning::{LogicalType, Meaning};
