//! One measured number, its floor and its target; a run of them as a table and as JSON.

use serde::Serialize;

use crate::machine::Machine;

/// What a figure should be.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The value is at most this.
    AtMost(f64),
    /// The value is at least this share of the floor.
    AtLeastOfFloor(f64),
    /// The value is at most this share of the floor.
    AtMostOfFloor(f64),
}

/// One measured number.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// How much.
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
    /// The least that any program would need for it, or the most it could reach; same unit.
    pub floor: Option<f64>,
    /// What it should be.
    pub target: Option<Target>,
}

impl Figure {
    /// A figure without floor and target.
    pub fn new(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            floor: None,
            target: None,
        }
    }

    /// The same, beside its floor.
    #[must_use]
    pub fn over(self, floor: f64) -> Self {
        Self {
            floor: Some(floor),
            ..self
        }
    }

    /// The same, with what it should be.
    #[must_use]
    pub fn target(self, target: Target) -> Self {
        Self {
            target: Some(target),
            ..self
        }
    }

    /// The value as a multiple of the floor.
    #[must_use]
    pub fn ratio(&self) -> Option<f64> {
        self.floor.map(|floor| self.value / floor)
    }

    /// Whether the target is met; none without a target.
    #[must_use]
    pub fn holds(&self) -> Option<bool> {
        match self.target? {
            Target::AtMost(most) => Some(self.value <= most),
            Target::AtLeastOfFloor(share) => Some(self.ratio()? >= share),
            Target::AtMostOfFloor(share) => Some(self.ratio()? <= share),
        }
    }

    fn row(&self) -> [String; 6] {
        let number = |value: f64| {
            if value >= 1000.0 {
                format!("{value:.0}")
            } else {
                format!("{value:.2}")
            }
        };
        let target = match self.target {
            Some(Target::AtMost(most)) => format!("≤ {most} {}", self.unit),
            Some(Target::AtLeastOfFloor(share)) => format!("≥ {:.0} % of floor", share * 100.0),
            Some(Target::AtMostOfFloor(share)) => format!("≤ {:.0} % of floor", share * 100.0),
            None => String::new(),
        };
        [
            self.name.clone(),
            format!("{} {}", number(self.value), self.unit),
            self.floor.map(number).unwrap_or_default(),
            self.ratio()
                .map(|ratio| format!("{ratio:.2}"))
                .unwrap_or_default(),
            target,
            self.holds()
                .map(|holds| if holds { "met" } else { "MISSED" })
                .unwrap_or_default()
                .to_owned(),
        ]
    }
}

/// A whole run: written to `bench/out`, and the source of `docs/performance.md`.
#[derive(Debug, Serialize)]
pub struct Run {
    /// Where it ran.
    pub machine: Machine,
    /// What it measured.
    pub figures: Vec<Figure>,
    /// What could not be measured, and why.
    pub skipped: Vec<String>,
}

impl Run {
    /// The figures as a Markdown table, which is also readable as it is.
    #[must_use]
    pub fn table(&self) -> String {
        let head = ["figure", "value", "floor", "ratio", "target", ""].map(str::to_owned);
        let mut rows = vec![head];
        rows.extend(self.figures.iter().map(Figure::row));
        let mut widths = [0; 6];
        for row in &rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        rows.insert(1, widths.map(|width| "-".repeat(width)));
        rows.iter().map(|row| line(row, &widths)).collect()
    }

    /// Whether every target is met and nothing was skipped.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.skipped.is_empty()
            && self
                .figures
                .iter()
                .all(|figure| figure.holds() != Some(false))
    }
}

fn line(row: &[String; 6], widths: &[usize; 6]) -> String {
    let cells = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| format!(" {cell:<width$} |"));
    format!("|{}\n", cells.collect::<String>())
}

/// The middle value; the upper one of two.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}
