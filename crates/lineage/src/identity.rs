//! Which dataset is which contract's: one table is one node, whatever the engine calls it.
//!
//! A contract's `servers` and physical names say where its objects are; an engine says a
//! namespace, a name and perhaps symlinks. Two shapes of name meet here: *tables*
//! (`catalog.schema.table`, of which engines may leave out the front) and *places* (a URL or path).
//! The fuller agreement wins; where two contracts agree equally, the dataset stays its own.

use std::collections::{BTreeMap, BTreeSet};

use zonecut_contract::{Contract, Element, node::Node};

use crate::graph::{Name, NodeId};

/// An object of a contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContractObject {
    /// The contract's id.
    pub contract: String,
    /// The object's name.
    pub object: String,
}

/// Knows where the objects of all active contracts are.
#[derive(Debug, Clone, Default)]
pub struct Resolver {
    tables: BTreeMap<String, Vec<Table>>,
    places: BTreeMap<String, BTreeSet<ContractObject>>,
    /// Engine catalog -> the names of the contracts' servers that it serves.
    catalogs: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Debug, Clone)]
struct Table {
    of: ContractObject,
    server: String,
    kind: String,
    /// `host:port` or `host`, where the server names one.
    authority: Option<String>,
    /// What stands before the table's own name, nearest last: `[catalog, schema]`, `[schema]` or
    /// nothing.
    front: Vec<String>,
}

/// Keys under which ODCS servers of the various types name what SQL calls catalog and schema.
const CATALOG_KEYS: [&str; 3] = ["catalog", "database", "project"];
const SCHEMA_KEYS: [&str; 2] = ["schema", "dataset"];
/// Engines that stand before storage: one table is reached through many of them, and each goes by
/// many names. Their host tells nothing apart; a database's or a broker's does.
const QUERY_ENGINES: [&str; 2] = ["trino", "presto"];
/// Keys under which they say where files are.
const PLACE_KEYS: [&str; 2] = ["location", "path"];

impl Resolver {
    /// A resolver over the active contracts. `catalogs` are the engines' catalogs with the server
    /// each serves, from the `Engine` documents.
    #[must_use]
    pub fn new<'a>(
        contracts: impl IntoIterator<Item = &'a Contract>,
        catalogs: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let mut resolver = Self::default();
        for (catalog, server) in catalogs {
            let servers = resolver.catalogs.entry(catalog.to_lowercase()).or_default();
            servers.insert(server);
        }
        for contract in contracts {
            let nodes = contract.root().get("servers").map_or(&[][..], Node::items);
            for node in nodes {
                for object in contract.objects() {
                    resolver.add(contract, node, object);
                }
            }
        }
        resolver
    }

    fn add(&mut self, contract: &Contract, server: &Node, object: &Element) {
        let of = ContractObject {
            contract: contract.id.clone(),
            object: object.name.clone(),
        };
        let physical = object.physical_name.as_deref().unwrap_or(&object.name);
        for key in PLACE_KEYS {
            if let Some(place) = field(server, key) {
                let alone = contract.objects().len() == 1;
                for place in places(&place, field(server, "schema").as_deref(), physical, alone) {
                    self.places.entry(place).or_default().insert(of.clone());
                }
            }
        }
        let mut path: Vec<String> = split(physical);
        let Some(own) = path.pop() else { return };
        if path.is_empty() {
            let first = |keys: &[&str]| keys.iter().find_map(|key| field(server, key));
            path = [first(&CATALOG_KEYS), first(&SCHEMA_KEYS)]
                .into_iter()
                .flatten()
                .flat_map(|part| split(&part))
                .collect();
        }
        let table = Table {
            of,
            server: field(server, "server").unwrap_or_default(),
            kind: field(server, "type").unwrap_or_default().to_lowercase(),
            authority: field(server, "host").map(|host| match field(server, "port") {
                Some(port) => format!("{}:{port}", host.to_lowercase()),
                None => host.to_lowercase(),
            }),
            front: path,
        };
        self.tables.entry(own).or_default().push(table);
    }

    /// The contract object that a dataset of this name and these symlinks is, where exactly one
    /// agrees best.
    #[must_use]
    pub fn resolve(&self, name: &Name, symlinks: &[Name]) -> Option<ContractObject> {
        let mut best: BTreeMap<usize, BTreeSet<&ContractObject>> = BTreeMap::new();
        for name in std::iter::once(name).chain(symlinks) {
            if let Some(found) = self.places.get(&place_of(name)) {
                best.entry(usize::MAX).or_default().extend(found);
            }
            let mut path = split(&name.name);
            let Some(own) = path.pop() else { continue };
            for table in self.tables.get(&own).into_iter().flatten() {
                if let Some(strength) = self.agreement(table, &name.namespace, &path) {
                    best.entry(strength).or_default().insert(&table.of);
                }
            }
        }
        let (_, found) = best.pop_last()?;
        let mut found = found.into_iter();
        match (found.next(), found.next()) {
            (Some(only), None) => Some(only.clone()),
            _ => None,
        }
    }

    /// How many parts of the name agree, or nothing where one contradicts or too few speak.
    fn agreement(&self, table: &Table, namespace: &str, front: &[String]) -> Option<usize> {
        let (scheme, authority) = namespace.split_once("://").unwrap_or((namespace, ""));
        let same_system = scheme.eq_ignore_ascii_case(&table.kind);
        let home = table.authority.as_ref().filter(|_| same_system);
        let at_home = home.is_some_and(|home| same_authority(home, &authority.to_lowercase()));
        let elsewhere = home.is_some() && !at_home;
        if elsewhere && !QUERY_ENGINES.contains(&table.kind.as_str()) {
            return None;
        }
        let mut front = front;
        let mut mapped = 0;
        if let [catalog, rest @ ..] = front
            && let Some(servers) = self.catalogs.get(catalog)
            && !rest.is_empty()
        {
            if !servers.contains(&table.server) {
                return None;
            }
            // The engine's word for the catalog is not the contract's: the mapping stands for it.
            front = rest;
            mapped = 1;
        }
        let promised = if mapped == 1 {
            table
                .front
                .get(table.front.len().saturating_sub(front.len())..)?
        } else {
            &table.front
        };
        let pairs = promised.iter().rev().zip(front.iter().rev());
        let agreeing = pairs
            .clone()
            .filter(|(promised, said)| promised == said)
            .count();
        if agreeing < pairs.count() {
            return None;
        }
        // An engine that goes by another name must say the whole of the table's; a bare name will do
        // only at home, for what has no other (a topic on its broker).
        let least = match (elsewhere, table.front.len()) {
            (true, whole) => whole.max(1),
            (false, 0) => usize::from(!at_home),
            (false, _) => 1,
        };
        let said = agreeing + mapped;
        (said >= least).then_some(said + usize::from(at_home))
    }

    /// The node that stands for a dataset: its contract, else itself under the first of its
    /// symlinks, so that two paths of one catalog table are one node.
    #[must_use]
    pub fn node(&self, name: &Name, symlinks: &[Name]) -> NodeId {
        match self.resolve(name, symlinks) {
            Some(object) => NodeId::Contract(object.contract),
            None => NodeId::Dataset(symlinks.iter().min().unwrap_or(name).clone()),
        }
    }
}

fn field(server: &Node, key: &str) -> Option<String> {
    let value = server.get(key)?.to_json();
    match value {
        serde_json::Value::String(text) if !text.is_empty() => Some(text),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The parts of a dotted name, lower case and without quotes: engines fold, contracts need not.
fn split(name: &str) -> Vec<String> {
    name.split('.')
        .map(|part| part.trim_matches(['"', '`']).to_lowercase())
        .filter(|part| !part.is_empty())
        .collect()
}

/// Where a server at `location` keeps the object, in each way that is in use.
fn places(location: &str, schema: Option<&str>, physical: &str, alone: bool) -> Vec<String> {
    let filled = ["{model}", "{object}", "{table}"]
        .iter()
        .fold(location.to_owned(), |text, hole| {
            text.replace(hole, physical)
        });
    let base = place(&filled);
    let mut places = vec![place(physical)];
    if filled != location || alone {
        places.push(base.clone());
    }
    if filled == location {
        places.push(format!("{base}/{physical}"));
        if let Some(schema) = schema {
            places.push(format!("{base}/{schema}/{physical}"));
        }
    }
    // A physical name that is itself no place would match every path that ends so.
    places.retain(|place| place.contains('/'));
    places
}

/// The place that an OpenLineage namespace and name say together.
fn place_of(name: &Name) -> String {
    if name.namespace == "file" || name.namespace.starts_with("file:") {
        return place(&name.name);
    }
    let namespace = name.namespace.trim_end_matches('/');
    place(&format!(
        "{namespace}/{}",
        name.name.trim_start_matches('/')
    ))
}

/// One spelling for one place: without `file:`, with one scheme per object store, without a
/// trailing slash or file pattern.
fn place(location: &str) -> String {
    let text = match location.split_once("://") {
        Some(("file", path)) => path.to_owned(),
        Some(("s3a" | "s3n", rest)) => format!("s3://{rest}"),
        Some(("gcs", rest)) => format!("gs://{rest}"),
        Some(("abfs" | "wasb" | "wasbs", rest)) => format!("abfss://{rest}"),
        _ => location
            .strip_prefix("file:")
            .unwrap_or(location)
            .to_owned(),
    };
    let folders = match text.rsplit_once('/') {
        Some((folders, last)) if last.contains('*') => folders.trim_end_matches("/**"),
        _ => &text,
    };
    folders.trim_end_matches('/').to_owned()
}

/// A server that names no port means any.
fn same_authority(home: &str, said: &str) -> bool {
    home == said || said.split_once(':').is_some_and(|(host, _)| host == home)
}
