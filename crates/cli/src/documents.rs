//! Documents on disk: which files are ours, and reading them.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zonecut_contract::{
    Contract, Document, Parsed, Product, read, read_contract, read_document, read_product,
};
use zonecut_diagnostics::{LintFinding, LintReport, LintSeverity, Sources};

use crate::exit::Failure;
use crate::parallel;

/// More than this is refused by the reader anyway; one octet more shows it.
pub const LARGEST: u64 = 4 * 1024 * 1024 + 1;

/// A document as bytes, with the name that findings use.
pub struct Text {
    /// The name.
    pub name: String,
    /// The octets.
    pub bytes: Vec<u8>,
}

/// What a document is, by its name or by what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// ODCS.
    Contract,
    /// ODPS.
    Product,
    /// Findings that somebody answers for.
    Waivers,
}

/// Contracts that were read, and what was wrong with those that could not be.
pub struct Reading {
    /// The texts, for excerpts.
    pub sources: Sources,
    /// What keeps documents from being compared.
    pub findings: Vec<LintFinding>,
}

/// Texts for excerpts, without the secrets in them.
pub fn sources() -> Sources {
    Sources::new(read::secrets)
}

/// Remembers the text of a document that was read.
pub fn add_document(sources: &mut Sources, document: &Document) {
    sources.add_read(
        Arc::clone(&document.file),
        Arc::clone(&document.text),
        &document.hidden,
    );
}

impl Reading {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            sources: sources(),
            findings: Vec::new(),
        }
    }

    /// Reads a contract, or notes why it can't be.
    pub fn contract(&mut self, text: &Text) -> Option<Contract> {
        let parsed = read_contract(&text.name, &text.bytes);
        self.keep(text, parsed, |contract| &contract.document)
    }

    /// Reads those documents that are contracts, or notes why they can't be.
    pub fn contracts(&mut self, texts: &[Text]) -> Vec<Option<Contract>> {
        let parsed = parallel::map(texts, |text| {
            let is_contract = kind(text) == Some(Kind::Contract);
            is_contract.then(|| read_contract(&text.name, &text.bytes))
        });
        let parsed = texts.iter().zip(parsed);
        parsed
            .map(|(text, parsed)| self.keep(text, parsed?, |contract| &contract.document))
            .collect()
    }

    /// Reads a product, or notes why it can't be.
    pub fn product(&mut self, text: &Text) -> Option<Product> {
        let parsed = read_product(&text.name, &text.bytes);
        self.keep(text, parsed, |product| &product.document)
    }

    fn keep<T>(
        &mut self,
        text: &Text,
        parsed: Parsed<T>,
        document: fn(&T) -> &Document,
    ) -> Option<T> {
        if let Some(value) = &parsed.value {
            self.show(document(value));
        } else if let Ok(content) = std::str::from_utf8(&text.bytes) {
            self.sources.add(text.name.as_str().into(), content.into());
        }
        let broken = parsed.value.is_none()
            || parsed
                .findings
                .iter()
                .any(|finding| finding.severity == LintSeverity::Error);
        if broken {
            self.findings.extend(parsed.findings);
            return None;
        }
        parsed.value
    }

    /// Keeps the text of a document that was read elsewhere, for excerpts.
    pub fn show(&mut self, document: &Document) {
        add_document(&mut self.sources, document);
    }

    /// Notes what is wrong with a document of the repository's own; it counts as one that says
    /// nothing.
    pub fn refuse<T: Default>(&mut self, flaws: Vec<LintFinding>) -> T {
        self.findings.extend(flaws);
        T::default()
    }

    /// The report on documents that can't be compared, if there are any.
    pub fn invalid(&self) -> Option<LintReport> {
        (!self.findings.is_empty()).then(|| LintReport {
            valid: false,
            findings: self.findings.clone(),
        })
    }
}

/// Reads a file that was named.
pub fn read(path: &Path) -> Result<Text, Failure> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(LARGEST).read_to_end(&mut bytes))
        .map_err(|source| Failure::Read {
            path: name.clone(),
            source,
        })?;
    Ok(Text { name, bytes })
}

/// Every document below a folder, or the file itself, in the order of their paths.
pub fn find(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    collect(path, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failure = |source| Failure::Read {
        path: path.display().to_string(),
        source,
    };
    let metadata = fs::metadata(path).map_err(failure)?;
    if metadata.is_file() {
        found.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path).map_err(failure)? {
        let entry = entry.map_err(failure)?;
        let kind = entry.file_type().map_err(failure)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') || matches!(name.as_ref(), "node_modules" | "target") {
            continue;
        }
        if kind.is_dir() {
            collect(&entry.path(), found)?;
        } else if kind.is_file() && may_be_ours(&name) {
            found.push(entry.path());
        }
    }
    Ok(())
}

/// Whether a file may hold a document of ours, by its ending.
pub fn may_be_ours(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [".yaml", ".yml", ".json"]
        .iter()
        .any(|ending| lower.ends_with(ending))
}

/// What a document is: by its name, else by its `kind`.
pub fn kind(text: &Text) -> Option<Kind> {
    kind_by_name(&text.name).or_else(|| kind_by_content(text))
}

/// What a document is, as far as its name tells.
pub fn kind_by_name(name: &str) -> Option<Kind> {
    let name = name.to_ascii_lowercase();
    if name.ends_with(".waivers.yaml") {
        return Some(Kind::Waivers);
    }
    if name.contains(".odcs.") {
        return Some(Kind::Contract);
    }
    if name.contains(".odps.") {
        return Some(Kind::Product);
    }
    None
}

fn kind_by_content(text: &Text) -> Option<Kind> {
    match stated(text, "kind", &["DataContract", "DataProduct"])? {
        "DataContract" => Some(Kind::Contract),
        _ => Some(Kind::Product),
    }
}

/// Which of `words` a document states at its top under `key`, or begins to. Most say it on a line of
/// its own; only where the word stands elsewhere the document is read to find out.
pub fn stated<'a>(text: &Text, key: &str, words: &[&'a str]) -> Option<&'a str> {
    let content = String::from_utf8_lossy(&text.bytes);
    let begins = |value: &str| words.iter().copied().find(|word| value.starts_with(word));
    let on_a_line = content.lines().find_map(|line| {
        let line = line.trim_start_matches(['{', ' ', '\t', '"']);
        let value = line.strip_prefix(key)?;
        begins(value.trim_start_matches(['"', '\'', ' ', ':']))
    });
    if on_a_line.is_some() || !words.iter().any(|word| content.contains(word)) {
        return on_a_line;
    }
    let tree = read_document(&text.name, &text.bytes).value?;
    begins(tree.root.get(key)?.as_str()?)
}

/// Whether both are products.
pub fn are_products(before: &Text, after: &Text) -> bool {
    [before, after]
        .iter()
        .all(|text| kind(text) == Some(Kind::Product))
}

/// Reads a file that may have gone since it was listed.
pub fn read_if_there(path: &Path, name: &str) -> Result<Option<Text>, Failure> {
    match read(path) {
        Ok(text) => Ok(Some(Text {
            name: name.to_owned(),
            ..text
        })),
        Err(Failure::Read { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
        Err(failure) => Err(failure),
    }
}
