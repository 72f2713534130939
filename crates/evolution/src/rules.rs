//! The rules: one file each, registered here.
//!
//! A rule is a pure function from facts to findings; its module documentation is its page under
//! `docs/rules/`. What several rules read stands in the small modules beside them.

mod access;
mod approver_changed;
mod canonical_form_changed;
mod classes;
mod classification_changed;
mod classification_lowered;
mod classification_raised;
mod compatibility_changed;
mod constraint_changed;
mod constraint_loosened;
mod constraint_tightened;
pub(crate) mod constraints;
mod contract_added;
mod contract_id_changed;
mod contract_removed;
mod critical_data_element_cleared;
mod deprecation_announced;
mod description_changed;
mod document_changed;
mod domain_changed;
mod encoding_changed;
mod encrypted_name_changed;
mod encrypted_name_removed;
mod enum_value_added;
mod enum_value_removed;
mod granularity_changed;
mod inherited;
mod key_epoch_changed;
mod levels;
mod life;
mod meaning;
mod new_readers_refuse;
mod notice_period_lengthened;
mod notice_period_shortened;
mod object_added;
mod object_removed;
mod object_renamed;
mod old_readers_refuse;
mod owner_changed;
mod partitioning_changed;
mod personal_data_added;
mod phrase;
mod physical_name_changed;
mod port_added;
mod port_changed;
mod port_removed;
mod ports;
mod prelude;
mod price_changed;
mod primary_key_changed;
mod product_removed;
mod property_added;
mod property_optional;
mod property_removed;
mod property_renamed;
mod property_required;
mod public_suffix_list_changed;
mod quality_rule_added;
mod quality_rule_changed;
mod quality_rule_removed;
mod quality_severity_changed;
mod quality_strengthened;
mod quality_weakened;
mod refusals;
mod relationship_changed;
mod removal;
mod removed_before_sunset;
mod rename;
mod residency_widened;
mod respelled;
mod retention_lengthened;
mod role_added;
mod role_narrowed;
mod role_removed;
mod role_renamed;
mod role_widened;
mod semantic_type_changed;
mod server_added;
mod server_changed;
mod server_removed;
mod server_renamed;
mod sla_added;
mod sla_changed;
mod sla_removed;
mod sla_strengthened;
mod sla_weakened;
mod status_changed;
mod status_retired;
mod sunset_moved_earlier;
mod sunset_moved_later;
mod sunsets;
mod support_removed;
mod tag_added;
mod tag_removed;
mod target_feature;
mod target_rewrite;
mod target_unknown;
mod terms_changed;
mod thresholds;
mod transform_changed;
mod transform_logic_changed;
mod transform_removed;
mod type_changed;
mod type_narrowed;
mod type_widened;
mod unique_added;
mod unique_removed;
mod unit_changed;
pub(crate) mod values;
mod version_too_small;

pub(crate) use classes::Change as ClassChange;
pub(crate) use version_too_small::report as report_unpaid;
pub use zonecut_diagnostics::obstacle::{REMOVED_BEFORE_SUNSET, VERSION_TOO_SMALL};

use crate::rule::Rule;

/// Every rule. The last three look at what the others left: what nobody spoke about, and what all
/// of it costs.
pub static ALL: &[Rule] = &[
    object_added::RULE,
    object_removed::RULE,
    object_renamed::RULE,
    property_added::RULE,
    property_removed::RULE,
    property_renamed::RULE,
    physical_name_changed::RULE,
    deprecation_announced::RULE,
    sunset_moved_earlier::RULE,
    sunset_moved_later::RULE,
    notice_period_shortened::RULE,
    notice_period_lengthened::RULE,
    removed_before_sunset::RULE,
    type_changed::RULE,
    type_widened::RULE,
    type_narrowed::RULE,
    property_required::RULE,
    property_optional::RULE,
    enum_value_added::RULE,
    enum_value_removed::RULE,
    constraint_loosened::RULE,
    constraint_tightened::RULE,
    constraint_changed::RULE,
    old_readers_refuse::RULE,
    new_readers_refuse::RULE,
    primary_key_changed::RULE,
    unique_removed::RULE,
    unique_added::RULE,
    partitioning_changed::RULE,
    relationship_changed::RULE,
    semantic_type_changed::RULE,
    unit_changed::RULE,
    canonical_form_changed::RULE,
    key_epoch_changed::RULE,
    public_suffix_list_changed::RULE,
    transform_logic_changed::RULE,
    granularity_changed::RULE,
    encoding_changed::RULE,
    description_changed::RULE,
    classification_lowered::RULE,
    classification_raised::RULE,
    classification_changed::RULE,
    encrypted_name_removed::RULE,
    encrypted_name_changed::RULE,
    tag_removed::RULE,
    tag_added::RULE,
    transform_removed::RULE,
    transform_changed::RULE,
    personal_data_added::RULE,
    critical_data_element_cleared::RULE,
    quality_rule_removed::RULE,
    quality_rule_added::RULE,
    quality_weakened::RULE,
    quality_strengthened::RULE,
    quality_severity_changed::RULE,
    quality_rule_changed::RULE,
    sla_added::RULE,
    sla_removed::RULE,
    sla_weakened::RULE,
    sla_strengthened::RULE,
    sla_changed::RULE,
    retention_lengthened::RULE,
    server_added::RULE,
    server_removed::RULE,
    server_renamed::RULE,
    server_changed::RULE,
    residency_widened::RULE,
    role_added::RULE,
    role_removed::RULE,
    role_renamed::RULE,
    role_widened::RULE,
    role_narrowed::RULE,
    approver_changed::RULE,
    terms_changed::RULE,
    price_changed::RULE,
    owner_changed::RULE,
    support_removed::RULE,
    status_retired::RULE,
    status_changed::RULE,
    contract_id_changed::RULE,
    domain_changed::RULE,
    compatibility_changed::RULE,
    target_rewrite::RULE,
    target_feature::RULE,
    target_unknown::RULE,
    port_added::RULE,
    port_removed::RULE,
    port_changed::RULE,
    contract_added::RULE,
    contract_removed::RULE,
    product_removed::RULE,
    respelled::RULE,
    document_changed::RULE,
    version_too_small::RULE,
];
