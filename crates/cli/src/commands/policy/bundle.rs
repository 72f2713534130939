//! Policies, and the contracts and products they are about, as they lie on disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zonecut_contract::version::Version;
use zonecut_contract::{Contract, read_contract, read_product};
use zonecut_diagnostics::{LintFinding, LintReport, LintSeverity, Sources};
use zonecut_policy::testing::{TestCase, read_tests};
use zonecut_policy::{Snapshot, SnapshotInput, read_policies};

use crate::documents::{self, Kind, Text};
use crate::exit::Failure;

/// Everything below the paths that decides, or says what should be decided.
pub struct Bundle {
    /// What a snapshot is built from.
    pub input: SnapshotInput,
    /// The cases of all tests.
    pub cases: Vec<TestCase>,
    /// The texts, for excerpts.
    pub sources: Sources,
    /// What is wrong with documents by themselves.
    pub findings: Vec<LintFinding>,
    contracts: BTreeMap<String, Contract>,
}

/// Where the catalogue is, when the paths hold policies only: where `serve --seed` looks, which leaves
/// out whatever other contracts a repository holds, as examples or for tests.
const SEED: [&str; 2] = ["contracts", "products"];
const HERE: &str = ".";

impl Bundle {
    /// Reads everything below `paths`. Contracts and products are the catalogue that policies
    /// speak about: those below the paths, else those in `contracts/` and `products/`, else those
    /// anywhere below the current folder.
    pub fn read(paths: &[PathBuf]) -> Result<Self, Failure> {
        let mut bundle = Self {
            input: SnapshotInput::default(),
            cases: Vec::new(),
            sources: documents::sources(),
            findings: Vec::new(),
            contracts: BTreeMap::new(),
        };
        for path in paths {
            bundle.below(path, Self::add)?;
        }
        if bundle.contracts.is_empty() {
            let seed = SEED.map(Path::new).into_iter().filter(|it| it.is_dir());
            let seed: Vec<&Path> = seed.collect();
            let places = if seed.is_empty() {
                vec![Path::new(HERE)]
            } else {
                seed
            };
            for place in places {
                bundle.below(place, |bundle, text, _| bundle.catalogue(text))?;
            }
        }
        let contracts = std::mem::take(&mut bundle.contracts);
        bundle.input.contracts = contracts.into_values().map(Arc::new).collect();
        Ok(bundle)
    }

    fn below(
        &mut self,
        path: &Path,
        mut take: impl FnMut(&mut Self, &Text, bool),
    ) -> Result<(), Failure> {
        let named = path.is_file();
        for file in documents::find(path)? {
            let text = documents::read(&file)?;
            take(self, &text, named);
        }
        Ok(())
    }

    fn add(&mut self, text: &Text, named: bool) {
        if documents::kind(text).is_some() {
            self.catalogue(text);
        } else if is_test(&text.name) {
            self.remember(text);
            let parsed = read_tests(&text.name, &text.bytes);
            self.findings.extend(parsed.findings);
            self.cases.extend(parsed.value.into_iter().flatten());
        } else if named || is_policy(text) {
            self.remember(text);
            let parsed = read_policies(&text.name, &text.bytes);
            self.findings.extend(parsed.findings);
            let documents = parsed.value.into_iter().flatten();
            self.input.policies.extend(documents.map(Arc::new));
        }
    }

    /// A contract or a product. What is wrong with it is for `zonecut lint` to say; policies are
    /// read against what can be read.
    fn catalogue(&mut self, text: &Text) {
        match documents::kind(text) {
            Some(Kind::Contract) => {
                if let Some(contract) = read_contract(&text.name, &text.bytes).value {
                    self.keep_newer(contract);
                }
            }
            Some(Kind::Product) => {
                let product = read_product(&text.name, &text.bytes).value;
                self.input.products.extend(product.map(Arc::new));
            }
            Some(Kind::Waivers) | None => {}
        }
    }

    /// Of several versions of a contract, the newest that decides anything.
    fn keep_newer(&mut self, contract: Contract) {
        let rank = |contract: &Contract| {
            (
                contract.lifecycle().decides(),
                Version::parse(&contract.version),
                contract.version.clone(),
            )
        };
        let newer = self
            .contracts
            .get(&contract.id)
            .is_none_or(|known| rank(known) < rank(&contract));
        if newer {
            self.contracts.insert(contract.id.clone(), contract);
        }
    }

    fn remember(&mut self, text: &Text) {
        if let Ok(content) = std::str::from_utf8(&text.bytes) {
            self.sources.add(text.name.as_str().into(), content.into());
        }
    }

    /// Whether every document could be read.
    pub fn is_readable(&self) -> bool {
        self.findings
            .iter()
            .all(|finding| finding.severity != LintSeverity::Error)
    }

    /// What the documents compile to, where they could all be read; what is wrong or doubtful
    /// about them together is added to the findings.
    pub fn compile(&mut self) -> Option<Snapshot> {
        if !self.is_readable() {
            return None;
        }
        match Snapshot::build(&self.input) {
            Ok(snapshot) => {
                self.findings.extend_from_slice(snapshot.warnings());
                Some(snapshot)
            }
            Err(findings) => {
                self.findings.extend(findings);
                None
            }
        }
    }

    /// All findings as a report.
    pub fn report(&self) -> LintReport {
        let mut findings = self.findings.clone();
        findings.sort_by(|a, b| (&a.at, &a.rule, &a.message).cmp(&(&b.at, &b.rule, &b.message)));
        LintReport {
            valid: self.is_readable(),
            findings,
        }
    }
}

fn is_test(name: &str) -> bool {
    [".test.yaml", ".test.yml", ".test.json"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

/// Whether a file that was found, not named, says that it holds policies.
fn is_policy(text: &Text) -> bool {
    documents::stated(text, "apiVersion", &["zonecut/"]).is_some()
}
