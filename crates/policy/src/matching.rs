//! Whether a rule is about a request. Unknown is never generous: it matches in the `when` of a
//! deny, a mask or a filter, and matches neither in the `when` of a grant nor in any `unless`.

use chrono::{DateTime, Utc};

use crate::compile::{Rule, When, Who};
use crate::documents::TimeRange;
use crate::symbols::{Symbol, meet};

/// An attribute of the context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attribute {
    /// Nobody stated it.
    Unknown,
    /// Stated; none is a name that no document mentions.
    Known(Option<Symbol>),
}

/// Everything about a request that rules look at, for one object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context<'a> {
    pub user: Option<Symbol>,
    /// Sorted.
    pub groups: &'a [Symbol],
    /// Roles held about the object's domain, sorted.
    pub roles: &'a [Symbol],
    /// Global roles held, sorted: what guardrails look at.
    pub global_roles: &'a [Symbol],
    pub engine: Attribute,
    pub region: Attribute,
    pub cloud: Attribute,
    pub purpose: Attribute,
    /// Whether the principal has an agreement for the purpose.
    pub agreement: Truth,
    pub now: DateTime<Utc>,
}

/// Yes, no, or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    No,
    Unknown,
    Yes,
}

impl Context<'_> {
    /// Whether a grant opens something to this request.
    pub(crate) fn grants(&self, rule: &Rule) -> bool {
        self.is(&rule.to, rule.global) && self.holds(&rule.when) == Truth::Yes
    }

    /// Whether a deny, mask or filter falls on this request.
    pub(crate) fn restricts(&self, rule: &Rule) -> bool {
        let exempt = || {
            rule.unless.as_ref().is_some_and(|(who, when)| {
                self.is(who, rule.global) && self.holds(when) == Truth::Yes
            })
        };
        self.is(&rule.to, rule.global) && self.holds(&rule.when) != Truth::No && !exempt()
    }

    fn is(&self, who: &Who, global: bool) -> bool {
        let roles = if global {
            self.global_roles
        } else {
            self.roles
        };
        who.users.as_ref().is_none_or(|users| {
            self.user
                .is_some_and(|user| users.binary_search(&user).is_ok())
        }) && who
            .groups
            .as_ref()
            .is_none_or(|groups| meet(groups, self.groups))
            && who.roles.as_ref().is_none_or(|wanted| meet(wanted, roles))
    }

    fn holds(&self, when: &When) -> Truth {
        let all = [
            matches(when.purposes.as_deref(), self.purpose),
            matches(when.regions.as_deref(), self.region),
            matches(when.clouds.as_deref(), self.cloud),
            matches(when.engines.as_deref(), self.engine),
            if when.agreement {
                self.agreement
            } else {
                Truth::Yes
            },
            if when
                .time
                .is_none_or(|time: TimeRange| time.contains(self.now))
            {
                Truth::Yes
            } else {
                Truth::No
            },
        ];
        all.into_iter().min().unwrap_or(Truth::Yes)
    }
}

fn matches(wanted: Option<&[Symbol]>, attribute: Attribute) -> Truth {
    match (wanted, attribute) {
        (None, _) => Truth::Yes,
        (Some(_), Attribute::Unknown) => Truth::Unknown,
        (Some(wanted), Attribute::Known(Some(symbol))) if wanted.binary_search(&symbol).is_ok() => {
            Truth::Yes
        }
        (Some(_), Attribute::Known(_)) => Truth::No,
    }
}

impl Context<'_> {
    /// Whether a grant would open something were the purpose `purpose`.
    pub(crate) fn grants_for(&self, rule: &Rule, purpose: Symbol) -> bool {
        Context {
            purpose: Attribute::Known(Some(purpose)),
            ..*self
        }
        .grants(rule)
    }
}
