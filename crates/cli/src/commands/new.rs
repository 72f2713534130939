//! `zonecut new`: a document to begin with, on standard output.

use clap::{Args, ValueEnum};

use crate::exit::{Exit, Failure};
use crate::output::print;

/// Arguments of `new`.
#[derive(Debug, Args)]
pub struct New {
    /// What to begin
    kind: Kind,
    /// What it is called: lower-case letters, digits, `-`, `_` and `.`
    #[arg(default_value = "my-product", value_parser = name)]
    name: String,
}

/// What can be begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// What readers may rely on: an ODCS document
    Contract,
    /// What a domain offers, port by port: an ODPS document
    Product,
    /// Who may read what
    Policy,
    /// What policies should decide: cases that `zonecut policy test` runs
    PolicyTest,
    /// The JSON Schema of a policy, for editors; a new policy expects it beside itself
    PolicySchema,
    /// What the repository decides: a zonecut.toml
    Config,
    /// The JSON Schema of zonecut.toml, for editors; a new one expects it beside itself
    ConfigSchema,
    /// The JSON Schema of policy tests, for editors; a new one expects it beside itself
    PolicyTestSchema,
    /// The JSON Schema of `zonecut.waivers.yaml`, for editors
    WaiversSchema,
    /// The JSON Schema of `domains.yaml`, for editors
    DomainsSchema,
}

impl Kind {
    fn template(self) -> &'static str {
        match self {
            Self::Contract => include_str!("new/contract.odcs.yaml"),
            Self::Product => include_str!("new/product.odps.yaml"),
            Self::Policy => include_str!("new/policy.yaml"),
            Self::PolicyTest => include_str!("new/policy.test.yaml"),
            Self::PolicyTestSchema => {
                include_str!("../../../../docs/schemas/policy-test.schema.json")
            }
            Self::WaiversSchema => include_str!("../../../../docs/schemas/waivers.schema.json"),
            Self::DomainsSchema => include_str!("../../../../docs/schemas/domains.schema.json"),
            Self::PolicySchema => {
                include_str!("../../../../docs/schemas/policy-policy.schema.json")
            }
            Self::Config => include_str!("new/zonecut.toml"),
            Self::ConfigSchema => include_str!("../../../../docs/schemas/zonecut.schema.json"),
        }
    }
}

impl New {
    /// Prints the document.
    pub fn run(&self) -> Result<Exit, Failure> {
        print(&self.kind.template().replace("my-product", &self.name))?;
        Ok(Exit::Fine)
    }
}

/// A name that is the same text in every place of a document.
fn name(text: &str) -> Result<String, String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    if text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(fits) {
        Ok(text.to_owned())
    } else {
        Err("expected lower-case letters, digits, `-`, `_` and `.`, a letter first".to_owned())
    }
}
