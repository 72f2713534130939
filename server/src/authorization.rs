//! The authorization table: what each operation asks of its caller. One row per operation of the
//! OpenAPI document; an operation without a row is not served.

use std::collections::HashMap;

use http::Method;
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::Operation;

/// The permissions, each with the name that `policies/control-plane/policy.csv` uses.
macro_rules! permissions {
    ($($variant:ident $text:literal;)*) => {
        /// Something a role may allow.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Permission {
            $(#[doc = concat!("`", $text, "`")] $variant,)*
        }

        impl Permission {
            /// Every permission.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

permissions! {
    DomainsRead "domains:read";
    DomainsWrite "domains:write";
    ProductsRead "products:read";
    ProductsWrite "products:write";
    ContractsRead "contracts:read";
    ContractsPublish "contracts:publish";
    PoliciesRead "policies:read";
    PoliciesWrite "policies:write";
    DecisionsAsk "decisions:ask";
    DecisionsAskUnbound "decisions:ask-unbound";
    LineageRead "lineage:read";
    LineageWrite "lineage:write";
    QualityRead "quality:read";
    MeasurementsWrite "measurements:write";
    WebhooksManage "webhooks:manage";
    AuditRead "audit:read";
    TokensManage "tokens:manage";
    MetricsRead "metrics:read";
}

impl Permission {
    /// The permission of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.as_str() == name)
    }
}

/// What an operation asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Nothing.
    Anyone,
    /// To be known.
    SignedIn,
    /// To hold a permission, in some domain at least. Where the operation is about one domain's
    /// things, the use case asks for the permission in that domain.
    Holder(Permission),
    /// To hold a permission in all domains (`*`): the operation is about what no domain owns alone.
    HolderEverywhere(Permission),
}

impl Access {
    /// Whether it is enough to be allowed to read, so that the operation changes nothing.
    #[must_use]
    pub fn reads(self) -> bool {
        match self {
            Self::Anyone | Self::SignedIn => false,
            Self::Holder(permission) | Self::HolderEverywhere(permission) => {
                permission.as_str().ends_with(":read")
            }
        }
    }
}

use Access::{Anyone, Holder, HolderEverywhere, SignedIn};
use Permission as P;

/// The table: operation id, and what it asks.
pub const OPERATIONS: &[(&str, Access)] = &[
    ("sign_in", Anyone),
    ("show_session", SignedIn),
    ("sign_out", SignedIn),
    ("list_tokens", HolderEverywhere(P::TokensManage)),
    ("create_token", HolderEverywhere(P::TokensManage)),
    ("revoke_token", HolderEverywhere(P::TokensManage)),
    ("list_domains", Holder(P::DomainsRead)),
    ("create_domain", HolderEverywhere(P::DomainsWrite)),
    ("show_domain", Holder(P::DomainsRead)),
    ("list_products", Holder(P::ProductsRead)),
    ("register_product", Holder(P::ProductsWrite)),
    ("show_product", Holder(P::ProductsRead)),
    ("replace_product", Holder(P::ProductsWrite)),
    ("list_product_consumers", Holder(P::ProductsRead)),
    ("list_contracts", Holder(P::ContractsRead)),
    ("show_contract", Holder(P::ContractsRead)),
    ("publish_contract_version", Holder(P::ContractsPublish)),
    ("show_contract_version", Holder(P::ContractsRead)),
    ("check_contract", Holder(P::ContractsRead)),
    ("compare_contract_versions", Holder(P::ContractsRead)),
    ("list_contract_versions", Holder(P::ContractsRead)),
    ("show_contract_access", Holder(P::PoliciesRead)),
    ("list_policies", Holder(P::PoliciesRead)),
    ("create_policy", Holder(P::PoliciesWrite)),
    ("show_policy", Holder(P::PoliciesRead)),
    ("replace_policy", Holder(P::PoliciesWrite)),
    ("remove_policy", Holder(P::PoliciesWrite)),
    ("ask_decision", Holder(P::DecisionsAsk)),
    ("trino_allow", Holder(P::DecisionsAsk)),
    ("trino_batch", Holder(P::DecisionsAsk)),
    ("trino_row_filters", Holder(P::DecisionsAsk)),
    ("trino_column_mask", Holder(P::DecisionsAsk)),
    ("trino_batch_column_masks", Holder(P::DecisionsAsk)),
    ("authzen_evaluation", Holder(P::DecisionsAsk)),
    ("authzen_evaluations", Holder(P::DecisionsAsk)),
    ("authzen_search_subject", Holder(P::DecisionsAsk)),
    ("authzen_search_resource", Holder(P::DecisionsAsk)),
    ("authzen_search_action", Holder(P::DecisionsAsk)),
    ("authzen_metadata", Anyone),
    ("receive_lineage", HolderEverywhere(P::LineageWrite)),
    ("show_lineage", Holder(P::LineageRead)),
    ("report_measurements", Holder(P::MeasurementsWrite)),
    ("list_expectations", Holder(P::QualityRead)),
    ("list_incidents", Holder(P::QualityRead)),
    ("list_webhooks", HolderEverywhere(P::WebhooksManage)),
    ("create_webhook", HolderEverywhere(P::WebhooksManage)),
    ("delete_webhook", HolderEverywhere(P::WebhooksManage)),
    ("replay_webhook", HolderEverywhere(P::WebhooksManage)),
    ("list_audit", HolderEverywhere(P::AuditRead)),
    ("show_audit_proof", HolderEverywhere(P::AuditRead)),
    ("show_audit_verification", HolderEverywhere(P::AuditRead)),
    ("list_audit_checkpoints", HolderEverywhere(P::AuditRead)),
    ("show_audit_consistency", HolderEverywhere(P::AuditRead)),
    ("list_audit_keys", HolderEverywhere(P::AuditRead)),
    ("health", Anyone),
    ("readiness", Anyone),
    // Counts without names: Prometheus seldom has a token. `open_metrics = false` asks for
    // `metrics:read`.
    ("metrics", Anyone),
];

/// What is asked at each method and path, as the router finds them.
#[derive(Debug, Default)]
pub struct AccessByRoute(HashMap<(Method, String), Access>);

/// Operations that the table does not know.
#[derive(Debug, thiserror::Error)]
#[error("operations without a row in the authorization table: {}", .0.join(", "))]
pub struct Unlisted(pub Vec<String>);

impl AccessByRoute {
    /// Joins the table with the routes of `api`.
    ///
    /// # Errors
    /// When an operation has no row.
    pub fn of(api: &OpenApi) -> Result<Self, Unlisted> {
        let mut routes = HashMap::new();
        let mut unlisted = Vec::new();
        for (method, path, operation) in operations(api) {
            let id = operation.operation_id.as_deref().unwrap_or_default();
            match OPERATIONS.iter().find(|(listed, _)| *listed == id) {
                Some((_, access)) => {
                    routes.insert((method, path.to_owned()), *access);
                }
                None => unlisted.push(format!("`{id}` ({method} {path})")),
            }
        }
        if unlisted.is_empty() {
            Ok(Self(routes))
        } else {
            Err(Unlisted(unlisted))
        }
    }

    /// What `method` at `path` (as matched, with its parameters' names) asks.
    #[must_use]
    pub fn get(&self, method: &Method, path: &str) -> Option<Access> {
        let method = if method == Method::HEAD {
            &Method::GET
        } else {
            method
        };
        self.0.get(&(method.clone(), path.to_owned())).copied()
    }
}

/// Every operation of `api` with its method and path.
pub fn operations(api: &OpenApi) -> impl Iterator<Item = (Method, &str, &Operation)> {
    api.paths.paths.iter().flat_map(|(path, item)| {
        [
            (Method::GET, &item.get),
            (Method::PUT, &item.put),
            (Method::POST, &item.post),
            (Method::DELETE, &item.delete),
            (Method::PATCH, &item.patch),
        ]
        .into_iter()
        .filter_map(move |(method, operation)| {
            operation
                .as_ref()
                .map(|operation| (method, path.as_str(), operation))
        })
    })
}
