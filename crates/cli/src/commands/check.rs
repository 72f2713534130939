//! `zonecut check`.

mod pairs;

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use semver::Version;
use zonecut_contract::Contract;
use zonecut_diagnostics::{CheckReport, ContractReport};
use zonecut_evolution::targets::{self, Target};
use zonecut_evolution::{
    Mode, Settings, compare_products, compare_with_history, mode, publishable,
};

use self::pairs::{Change, Pair};
use crate::ci;
use crate::config::{self, Config};
use crate::documents::{self, Reading, Text};
use crate::exit::{Exit, Failure};
use crate::git::Repository;
use crate::output::Output;
use crate::parallel;

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
        let files = self.files()?;
        if let Some(files) = &files
            && let Some(report) = products(files, &settings, &mut reading)
        {
            output.check(&report, &reading.sources)?;
            return Ok(exit(&report));
        }
        let (pairs, over_trees) = match files {
            Some(files) => (vec![pair(files, &mut reading)], false),
            None => (self.pairs(&mut reading)?, true),
        };
        let history = self.read_history(&pairs, &settings, &mut reading)?;
        if let Some(report) = reading.invalid() {
            output.lint(&report, &reading.sources)?;
            return Ok(Exit::Invalid);
        }
        let report = CheckReport {
            overrides: config.overrides,
            ..judge(&pairs, over_trees, &history, &settings)
        };
        // The report stands for itself: what it was made of makes room for its rendering.
        drop((pairs, history));
        output.check(&report, &reading.sources)?;
        Ok(exit(&report))
    }

    /// The two files that were named; nothing where trees are compared.
    fn files(&self) -> Result<Option<[Text; 2]>, Failure> {
        let (Some(before), Some(after)) = (&self.before, &self.after) else {
            return Ok(None);
        };
        match (before.is_dir(), after.is_dir()) {
            (false, false) => Ok(Some([documents::read(before)?, documents::read(after)?])),
            (true, true) => Ok(None),
            _ => Err(Failure::Usage(
                "`--before` and `--after` must both be files, or both folders".to_owned(),
            )),
        }
    }

    /// What to compare over trees.
    fn pairs(&self, reading: &mut Reading) -> Result<Vec<Pair>, Failure> {
        let (Some(before), Some(after)) = (&self.before, &self.after) else {
            return self.pairs_in_git(reading);
        };
        let before = read_folder(before, reading)?;
        let after = read_folder(after, reading)?;
        Ok(pairs::by_identity(before, after))
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

/// The report on two files that hold products; nothing where they hold anything else, and findings
/// where they can't be read.
fn products(
    [before, after]: &[Text; 2],
    settings: &Settings<'_>,
    reading: &mut Reading,
) -> Option<CheckReport> {
    if !documents::are_products(before, after) {
        return None;
    }
    let (before, after) = (reading.product(before), reading.product(after));
    let report = compare_products(&before?, &after?, settings);
    Some(CheckReport {
        publishable: publishable(&report),
        compared: None,
        waivers: settings
            .waivers
            .review(std::slice::from_ref(&report), settings.now),
        overrides: Vec::new(),
        contracts: vec![report],
    })
}

/// The contracts in two files.
fn pair([before, after]: [Text; 2], reading: &mut Reading) -> Pair {
    let old = reading.contract(&before);
    // Its octets are not needed beside the other contract.
    drop(before);
    Pair {
        before: old,
        after: reading.contract(&after),
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
    let files = documents::find(folder)?;
    let texts: Vec<Text> = files
        .iter()
        .map(|file| documents::read(file))
        .collect::<Result<_, _>>()?;
    let path = |file: &Path| {
        let path = file.strip_prefix(folder).unwrap_or(file);
        path.display().to_string()
    };
    let read = files.iter().zip(reading.contracts(&texts));
    Ok(read
        .filter_map(|(file, contract)| {
            let contract = contract?;
            Some(Change {
                path: path(file),
                contract,
            })
        })
        .collect())
}

/// Whether `version` came before `other`, as far as their numbers tell.
fn is_earlier(version: &str, other: &str) -> bool {
    match (Version::parse(version), Version::parse(other)) {
        (Ok(version), Ok(other)) => version < other,
        _ => version != other,
    }
}

fn judge_one(pair: &Pair, history: &[Contract], settings: &Settings<'_>) -> ContractReport {
    let (before, after) = (pair.before.as_ref(), pair.after.as_ref());
    let id = before.or(after).map(|contract| contract.id.as_str());
    let older: Vec<&Contract> = history
        .iter()
        .filter(|older| Some(older.id.as_str()) == id)
        .filter(|older| {
            let mut judged = before.into_iter().chain(after);
            judged.all(|it| is_earlier(&older.version, &it.version))
        })
        .collect();
    compare_with_history(before, after, &older, settings)
}

fn judge(
    pairs: &[Pair],
    over_trees: bool,
    history: &[Contract],
    settings: &Settings<'_>,
) -> CheckReport {
    let reports = parallel::map(pairs, |pair| {
        let report = judge_one(pair, history, settings);
        let version_moved = match (&report.before, &report.after) {
            (Some(before), Some(after)) => before.version != after.version,
            _ => true,
        };
        let is_listed = !over_trees || version_moved || !report.findings.is_empty();
        is_listed.then_some(report)
    });
    let mut contracts: Vec<ContractReport> = reports.into_iter().flatten().collect();
    contracts.sort_by(|a, b| file(a).cmp(file(b)));
    CheckReport {
        publishable: contracts.iter().all(publishable),
        compared: over_trees.then_some(pairs.len()),
        waivers: settings.waivers.review(&contracts, settings.now),
        overrides: Vec::new(),
        contracts,
    }
}

fn file(report: &ContractReport) -> &str {
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
