//! `JUnit` XML against the schema it is usually held against: names of elements and attributes, what
//! must be there, and what may stand in what.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zonecut_diagnostics::render::{Report, junit};

use crate::sample;

/// What an element may and must have.
#[derive(Debug, Default)]
struct Declared {
    attributes: BTreeSet<String>,
    required: BTreeSet<String>,
    children: BTreeSet<String>,
}

/// An element with its attributes and children.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Element>,
    pub text: String,
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let name = attribute.key.as_ref().to_owned();
        (
            name,
            quick_xml::escape::unescape(&attribute.value)
                .unwrap()
                .into_owned(),
        )
    });
    Element {
        name: start.name().as_ref().to_owned(),
        attributes: attributes.collect(),
        ..Element::default()
    }
}

/// The root element of a well-formed document.
pub fn parse(text: &str) -> Element {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(element(&start)),
            Event::End(_) => {
                let closed = open.pop().unwrap();
                open.last_mut().unwrap().children.push(closed);
            }
            Event::Text(text) => {
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                let meant = quick_xml::escape::unescape(&reference).unwrap();
                open.last_mut().unwrap().text.push_str(&meant);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "every element is closed");
    open.pop().unwrap().children.pop().unwrap()
}

/// The elements that the schema declares at its top.
fn schema() -> BTreeMap<String, Declared> {
    fn gather(element: &Element, declared: &mut Declared) {
        let attribute = |name: &str| element.attributes.get(name).cloned();
        match element.name.as_str() {
            "xs:attribute" => {
                let name = attribute("name").unwrap();
                if attribute("use").as_deref() == Some("required") {
                    declared.required.insert(name.clone());
                }
                declared.attributes.insert(name);
            }
            "xs:element" => declared.children.extend(attribute("ref")),
            _ => {}
        }
        for child in &element.children {
            gather(child, declared);
        }
    }
    let root = parse(include_str!("../fixtures/junit-10.xsd"));
    let elements = root
        .children
        .iter()
        .filter(|child| child.name == "xs:element");
    elements
        .map(|element| {
            let mut declared = Declared::default();
            gather(element, &mut declared);
            (element.attributes["name"].clone(), declared)
        })
        .collect()
}

fn objections(element: &Element, schema: &BTreeMap<String, Declared>) -> Vec<String> {
    let Some(declared) = schema.get(&element.name) else {
        return vec![format!("no element `{}`", element.name)];
    };
    let has: BTreeSet<String> = element.attributes.keys().cloned().collect();
    let unknown = has
        .difference(&declared.attributes)
        .map(|name| format!("`{name}` on `{}`", element.name));
    let missing = declared
        .required
        .difference(&has)
        .map(|name| format!("no `{name}` on `{}`", element.name));
    let misplaced = element
        .children
        .iter()
        .filter(|child| !declared.children.contains(&child.name));
    unknown
        .chain(missing)
        .chain(misplaced.map(|child| format!("`{}` in `{}`", child.name, element.name)))
        .chain(
            element
                .children
                .iter()
                .flat_map(|child| objections(child, schema)),
        )
        .collect()
}

#[test]
fn documents_keep_the_schema() {
    let schema = schema();
    assert!(
        schema["testsuite"].required.contains("failures"),
        "{schema:?}"
    );
    let (check, lint, nothing) = (sample::check(), sample::lint(), sample::nothing());
    for report in [
        Report::Check(&check),
        Report::Lint(&lint),
        Report::Check(&nothing),
    ] {
        let root = parse(&junit::render(report, "check"));
        assert_eq!(objections(&root, &schema), Vec::<String>::new());
        assert!(
            !root.children.is_empty()
                && root.children.iter().all(|suite| !suite.children.is_empty())
        );
    }
}

#[test]
fn counts_are_right() {
    let check = sample::check();
    let root = parse(&junit::render(Report::Check(&check), "check"));
    let outcomes = |name: &str| {
        let cases = root.children.iter().flat_map(|suite| &suite.children);
        cases
            .flat_map(|case| &case.children)
            .filter(|child| child.name == name)
            .count()
    };
    assert_eq!((outcomes("failure"), outcomes("skipped")), (3, 1));
    assert_eq!(
        (
            root.attributes["tests"].as_str(),
            root.attributes["failures"].as_str()
        ),
        ("5", "3")
    );
}
