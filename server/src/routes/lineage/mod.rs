//! `/api/v1/lineage`, where OpenLineage clients report, and `/v1/lineage`.

pub mod receive;
pub mod show;
