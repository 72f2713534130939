//! Use cases: each owns its transaction, knows nothing of HTTP, and ends in a change with its audit
//! row and its outbox row, or in nothing.

pub mod audit;
pub mod checkpoint;
pub mod create_domain;
pub mod decide;
pub mod decision_set;
pub mod deliver;
pub mod documents;
pub mod events;
pub mod expectations;
pub mod export_audit;
pub mod judge;
pub mod load;
pub mod prove_audit;
pub mod publish_contract;
pub mod receive_lineage;
pub mod report_measurements;
pub mod retention;
pub mod seed;
pub mod show_lineage;
pub mod sign_in;
pub mod tokens;
pub mod unit;
pub mod verify_audit;
pub mod webhooks;
pub mod write_policy;
pub mod write_product;
