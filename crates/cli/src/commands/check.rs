//! `zonecut check`.

mod history;
mod pairs;
mod products;
mod trees;

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use zonecut_contract::{Classification, Contract};
use zonecut_diagnostics::{CheckReport, ContractReport, Omission};
use zonecut_evolution::targets::{self, Target};
use zonecut_evolution::{Mode, Settings, compare_products, compare_with_history, publishable};

use self::history::{History, Places};
use self::pairs::{Change, Pair};
use crate::ci;
use crate::config::{self, Config};
use crate::documents::{self, Reading, Text};
use crate::exit::{Exit, Failure};
use crate::git::{Base, Repository};
use crate::output::{self, Output};
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
    /// Older versions, for the transitive modes [default: those in the tree and in its git history]
    #[arg(long, value_name = "DIR")]
    history: Option<PathBuf>,
    /// The findings that somebody answers for [default: zonecut.waivers.yaml, where there is one]
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// The day that notice, sunset and waivers are judged by [default: today]
    #[arg(long, value_name = "DATE", value_parser = moment)]
    now: Option<DateTime<Utc>>,
}

/// What is compared.
struct Compared {
    contracts: Vec<Pair>,
    products: Vec<products::Pair>,
    /// Whether it was found over trees rather than named.
    over_trees: bool,
    /// What classes and tags stood for before, where that is known.
    classification: Option<Classification>,
    /// What could not be compared.
    omissions: Vec<Omission>,
    /// The commit that is compared with.
    git: Option<(Repository, Base)>,
}

impl Check {
    /// Compares, prints one report, and says by the exit code whether it may be published.
    pub fn run(&self, output: &Output) -> Result<Exit, Failure> {
        let mut reading = Reading::new();
        let config = Config::load()?.unwrap_or_else(|flaws| reading.refuse(flaws));
        let waivers = config::waivers(self.waivers.as_deref())?;
        let waivers = waivers.unwrap_or_else(|flaws| reading.refuse(flaws));
        let compared = self.compared(&mut reading)?;
        let before = compared.classification.as_ref();
        let classification = before.unwrap_or(&config.classification);
        if *classification != config.classification {
            output::tell(
                &"`[classification]` of `zonecut.toml` differs from the commit compared with: that of the commit decides",
            );
        }
        let settings = Settings {
            mode: self.mode,
            now: self.now.unwrap_or_else(clock),
            classification,
            levels: &config.levels,
            waivers: &waivers,
            targets: &self.targets,
        };
        let places = Places {
            named: self.history.as_deref(),
            before: self.before.as_deref(),
            git: compared.git.as_ref(),
        };
        let history = History::read(&places, &compared.contracts, &settings, &mut reading)?;
        if let Some(report) = reading.invalid() {
            output.lint(&report, &reading.sources)?;
            return Ok(Exit::Invalid);
        }
        let report = CheckReport {
            overrides: config.overrides,
            ..judge(&compared, &history, &settings)
        };
        // The report stands for itself: what it was made of makes room for its rendering.
        drop((compared, history));
        output.check(&report, &reading.sources)?;
        Ok(exit(&report))
    }

    /// What to compare.
    fn compared(&self, reading: &mut Reading) -> Result<Compared, Failure> {
        let (Some(before), Some(after)) = (&self.before, &self.after) else {
            return self.in_git(reading);
        };
        match (before.is_dir(), after.is_dir()) {
            (false, false) => {
                let (before, after) = (documents::read(before)?, documents::read(after)?);
                Ok(in_files(before, &after, reading))
            }
            (true, true) => in_folders(before, after, reading),
            _ => Err(Failure::Usage(
                "`--before` and `--after` must both be files, or both folders".to_owned(),
            )),
        }
    }

    fn in_git(&self, reading: &mut Reading) -> Result<Compared, Failure> {
        let repository = Repository::open(Path::new("."))?;
        let base = match &self.against {
            Some(reference) => repository.named(reference)?,
            None => match ci::base(&repository)? {
                Some(base) => base,
                None => repository.merge_base()?,
            },
        };
        let (trees, omissions) = trees::changed(&repository, &base, &self.paths)?;
        Ok(Compared {
            classification: Some(config::classification_at(&repository, &base)?),
            products: products::from_git(&trees, reading)?,
            contracts: pairs::from_git(&trees, reading)?,
            over_trees: true,
            omissions,
            git: Some((repository, base)),
        })
    }
}

/// Two files: products where both say so, else contracts.
fn in_files(before: Text, after: &Text, reading: &mut Reading) -> Compared {
    let (mut contracts, mut products) = (Vec::new(), Vec::new());
    if documents::are_products(&before, after) {
        let read = (reading.product(&before), reading.product(after));
        if let (Some(before), Some(after)) = read {
            products.push(products::Pair {
                before,
                after: Some(after),
            });
        }
    } else {
        let old = reading.contract(&before);
        // Its octets are not needed beside the other contract.
        drop(before);
        let after = reading.contract(after);
        contracts.push(Pair { before: old, after });
    }
    Compared {
        contracts,
        products,
        over_trees: false,
        classification: None,
        omissions: Vec::new(),
        git: None,
    }
}

fn in_folders(before: &Path, after: &Path, reading: &mut Reading) -> Result<Compared, Failure> {
    let contracts = (read_folder(before, reading)?, read_folder(after, reading)?);
    let before = products::in_folder(before, reading)?;
    let after = products::in_folder(after, reading)?;
    Ok(Compared {
        contracts: pairs::by_identity(contracts.0, contracts.1),
        products: products::by_identity(before, after),
        over_trees: true,
        classification: None,
        omissions: Vec::new(),
        git: None,
    })
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

fn judge_one(pair: &Pair, history: &History, settings: &Settings<'_>) -> ContractReport {
    let (before, after) = (pair.before.as_ref(), pair.after.as_ref());
    compare_with_history(before, after, &history.of(pair), settings)
}

fn judge(compared: &Compared, history: &History, settings: &Settings<'_>) -> CheckReport {
    let is_listed = |report: &ContractReport| !compared.over_trees || says_something(report);
    let products = compared.products.iter();
    let products =
        products.map(|pair| compare_products(&pair.before, pair.after.as_ref(), settings));
    let mut contracts: Vec<ContractReport> = products.filter(&is_listed).collect();
    let reports = parallel::map(&compared.contracts, |pair| {
        Some(judge_one(pair, history, settings)).filter(&is_listed)
    });
    contracts.extend(reports.into_iter().flatten());
    contracts.sort_by(|a, b| file(a).cmp(file(b)));
    CheckReport {
        publishable: contracts.iter().all(publishable),
        compared: compared
            .over_trees
            .then_some(compared.contracts.len() + compared.products.len()),
        waivers: settings.waivers.review(&contracts, settings.now),
        overrides: Vec::new(),
        omissions: compared.omissions.clone(),
        contracts,
    }
}

/// Whether the version moved, or there is a finding.
fn says_something(report: &ContractReport) -> bool {
    let version_moved = match (&report.before, &report.after) {
        (Some(before), Some(after)) => before.version != after.version,
        _ => true,
    };
    version_moved || !report.findings.is_empty()
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
