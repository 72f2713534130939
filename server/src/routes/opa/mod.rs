//! `/opa/{engine}`: what Trino's OPA access control asks.

pub mod allow;
pub mod batch;
pub mod batch_column_masks;
pub mod column_mask;
pub mod row_filters;
