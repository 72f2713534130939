//! `zonecut check`.

mod pairs;

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use semver::Version;
use zonecut_contract::Contract;
use zonecut_diagnostics::CheckReport;
use zonecut_evolution::targets::{self, Target};
use zonecut_evolution::{
    Mode, Settings, compare_products, compare_with_history, mode, publishable,
};

use self::pairs::{Change, Pair};
use crate::ci;
use crate::config::{self, Config};
use crate::documents::{self, Kind, Reading};
use crate::exit::{Exit, Failure};
use crate::git::Repository;
use crate::output::Output;

/// Arguments of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// Files and folders of the working tree to compare with git
    #[arg(conflicts_with_all = ["before", "after"])]
    paths: Vec<PathBuf>,
    /// Compare with this git ref [default: the base that CI names, else the merge base with the default branch]
    #[arg(long, value_name = "REF", conflicts_with_all = ["before", "after"])]
    against: Option<String>,
    /// The old file or folder
    #[arg(long, value_name = "FILE", requires = "after")]
    before: Option<PathBuf>,
    /// The new file or folder
    #[arg(long, value_name = "FILE", requires = "before")]
    after: Option<PathBuf>,
    /// Which readers count [default: the contract's `compatibility`, else forward]
    #[arg(long, value_parser = mode_parser())]
    mode: Option<Mode>,
    /// Judge storage by this target, repeatable [default: those of the contract's servers]
    #[arg(long = "target", value_name = "NAME", value_parser = target_parser())]
    targets: Vec<&'static Target>,
    /// Older versions, for the transitive modes [default: the other versions in the tree]
    #[arg(long, value_name = "DIR")]
    history: Option<PathBuf>,
    /// The findings that somebody answers for [default: zonecut.waivers.yaml, where there is one]
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// The day that notice, sunset and waivers are judged by [default: today]
    #[arg(long, value_name = "DATE", value_parser = moment)]
    now: Option<DateTime<Utc>>,
}

impl Check {
    /// Compares, prints one report, and says by the exit code whether it may be published.
    pub fn run(&self, output: &Output) -> Result<Exit, Failure> {
        let mut reading = Reading::new();
        let config = Config::load()?.unwrap_or_else(|flaws| reading.refuse(flaws));
        let waivers = config::waivers(self.waivers.as_deref())?;
        let waivers = waivers.unwrap_or_else(|flaws| reading.refuse(flaws));
        let settings = Settings {
            mode: self.mode,
            now: self.now.unwrap_or_else(clock),
            levels: &config.levels,
            waivers: &waivers,
            targets: &self.targets,
        };
        if let Some(report) = self.products(&settings, &mut reading)? {
            output.check(&report, &reading.sources)?;
            return Ok(exit(&report));
        }
        let (pairs, over_trees) = self.pairs(&mut reading)?;
        let history = self.read_history(&pairs, &settings, &mut reading)?;
        if let Some(report) = reading.invalid() {
            output.lint(&report, &reading.sources)?;
            return Ok(Exit::Invalid);
        }
        let report = CheckReport {
            overrides: config.overrides,
            ..judge(&pairs, over_trees, &history, &settings)
        };
        output.check(&report, &reading.sources)?;
        Ok(exit(&report))
    }

    /// The report on two files that hold products; nothing where they hold anything else, and
    /// findings where they can't be read.
    fn products(
        &self,
        settings: &Settings<'_>,
        reading: &mut Reading,
    ) -> Result<Option<CheckReport>, Failure> {
        let (Some(before), Some(after)) = (&self.before, &self.after) else {
            return Ok(None);
        };
        if !before.is_file() || !after.is_file() {
            return Ok(None);
        }
        let (before, after) = (documents::read(before)?, documents::read(after)?);
        if !documents::are_products(&before, &after) {
            return Ok(None);
        }
        let products = (reading.product(&before), reading.product(&after));
        let (Some(before), Some(after)) = products else {
            return Ok(None);
        };
        let report = compare_products(&before, &after, settings);
        Ok(Some(CheckReport {
            publishable: publishable(&report),
            compared: None,
            waivers: settings
                .waivers
                .review(std::slice::from_ref(&report), settings.now),
            overrides: Vec::new(),
            contracts: vec![report],
        }))
    }

    /// What to compare, and whether it was found over trees rather than named.
    fn pairs(&self, reading: &mut Reading) -> Result<(Vec<Pair>, bool), Failure> {
        let (Some(before), Some(after)) = (&self.before, &self.after) else {
            return Ok((self.pairs_in_git(reading)?, true));
        };
        match (before.is_dir(), after.is_dir()) {
            (false, false) => {
                let before = reading.contract(&documents::read(before)?);
                let after = reading.contract(&documents::read(after)?);
                Ok((vec![Pair { before, after }], false))
            }
            (true, true) => {
                let before = read_folder(before, reading)?;
                let after = read_folder(after, reading)?;
                Ok((pairs::by_identity(before, after), true))
            }
            _ => Err(Failure::Usage(
                "`--before` and `--after` must both be files, or both folders".to_owned(),
            )),
        }
    }

    fn pairs_in_git(&self, reading: &mut Reading) -> Result<Vec<Pair>, Failure> {
        let repository = Repository::open(Path::new("."))?;
        let base = match &self.against {
            Some(reference) => repository.named(reference)?,
            None => match ci::base(&repository)? {
                Some(base) => base,
                None => repository.merge_base()?,
            },
        };
        let changes = repository.changes(&base, &self.paths)?;
        pairs::from_git(&repository, &base, changes, reading)
    }

    /// The older versions that count, if any of `pairs` is judged in a transitive mode.
    fn read_history(
        &self,
        pairs: &[Pair],
        settings: &Settings<'_>,
        reading: &mut Reading,
    ) -> Result<Vec<Contract>, Failure> {
        let transitive =
            |pair: &Pair| mode(pair.before.as_ref(), pair.after.as_ref(), settings).transitive;
        if !settings.mode.is_some_and(|mode| mode.transitive) && !pairs.iter().any(transitive) {
            return Ok(Vec::new());
        }
        if let Some(folder) = &self.history {
            return read_older(folder, reading);
        }
        let tree = match &self.before {
            None => Path::new("."),
            Some(before) if before.is_dir() => before,
            Some(_) => {
                return Err(Failure::Usage("a transitive mode needs the older versions: name their folder with `--history DIR`".to_owned()));
            }
        };
        // What else is in the tree need not be valid to judge this change.
        let known = reading.findings.len();
        let older = read_older(tree, reading);
        reading.findings.truncate(known);
        older
    }
}

fn exit(report: &CheckReport) -> Exit {
    if report.publishable {
        Exit::Fine
    } else {
        Exit::Blocks
    }
}

fn read_older(folder: &Path, reading: &mut Reading) -> Result<Vec<Contract>, Failure> {
    let older = read_folder(folder, reading)?;
    Ok(older.into_iter().map(|change| change.contract).collect())
}

fn read_folder(folder: &Path, reading: &mut Reading) -> Result<Vec<Change>, Failure> {
    let mut contracts = Vec::new();
    for file in documents::find(folder)? {
        let text = documents::read(&file)?;
        if documents::kind(&text) == Some(Kind::Contract) {
            let path = file
                .strip_prefix(folder)
                .unwrap_or(&file)
                .display()
                .to_string();
            contracts.extend(
                reading
                    .contract(&text)
                    .map(|contract| Change { path, contract }),
            );
        }
    }
    Ok(contracts)
}

/// Whether `version` came before `other`, as far as their numbers tell.
fn is_earlier(version: &str, other: &str) -> bool {
    match (Version::parse(version), Version::parse(other)) {
        (Ok(version), Ok(other)) => version < other,
        _ => version != other,
    }
}

fn judge(
    pairs: &[Pair],
    over_trees: bool,
    history: &[Contract],
    settings: &Settings<'_>,
) -> CheckReport {
    let mut contracts = Vec::new();
    for pair in pairs {
        let id = pair
            .before
            .as_ref()
            .or(pair.after.as_ref())
            .map(|contract| contract.id.as_str());
        let older: Vec<&Contract> = history
            .iter()
            .filter(|older| Some(older.id.as_str()) == id)
            .filter(|older| {
                let mut judged = pair.before.iter().chain(&pair.after);
                judged.all(|it| is_earlier(&older.version, &it.version))
            })
            .collect();
        let report =
            compare_with_history(pair.before.as_ref(), pair.after.as_ref(), &older, settings);
        let version_moved = match (&report.before, &report.after) {
            (Some(before), Some(after)) => before.version != after.version,
            _ => true,
        };
        if !over_trees || version_moved || !report.findings.is_empty() {
            contracts.push(report);
        }
    }
    contracts.sort_by(|a, b| file(a).cmp(file(b)));
    CheckReport {
        publishable: contracts.iter().all(publishable),
        compared: over_trees.then_some(pairs.len()),
        waivers: settings.waivers.review(&contracts, settings.now),
        overrides: Vec::new(),
        contracts,
    }
}

fn file(report: &zonecut_diagnostics::ContractReport) -> &str {
    report
        .after
        .as_ref()
        .or(report.before.as_ref())
        .map_or("", |side| side.file.as_str())
}

fn mode_parser() -> impl clap::builder::TypedValueParser<Value = Mode> {
    use clap::builder::TypedValueParser as _;
    clap::builder::PossibleValuesParser::new(Mode::NAMES).try_map(|name| name.parse::<Mode>())
}

fn target_parser() -> impl clap::builder::TypedValueParser<Value = &'static Target> {
    use clap::builder::TypedValueParser as _;
    clap::builder::PossibleValuesParser::new(targets::ALL.iter().map(|target| target.name))
        .try_map(|name| targets::named(&name).ok_or("no such target"))
}

/// A day (its first moment in UTC), or an RFC 3339 moment.
fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Ok(moment.to_utc());
    }
    text.parse::<NaiveDate>()
        .ok()
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .map(|midnight| midnight.and_utc())
        .ok_or_else(|| "expected a day like `2026-03-01`".to_owned())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line is where time comes from"
)]
fn clock() -> DateTime<Utc> {
    Utc::now()
}
