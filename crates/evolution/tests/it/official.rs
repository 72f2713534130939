//! An official JSON Schema, read for what may stand where: never for what a document means.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// One way to write an object: its keys, those it needs, and those whose value makes it this way.
#[derive(Clone, Default)]
pub struct Shape {
    pub keys: BTreeMap<String, Value>,
    pub required: BTreeSet<String>,
    pub fixed: BTreeMap<String, Value>,
}

impl Shape {
    fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (key, schema) in &other.keys {
            // Of two descriptions of one key the one that says more holds.
            let known = both.keys.get(key).map(|known| known.to_string().len());
            if known.is_none_or(|length| length < schema.to_string().len()) {
                both.keys.insert(key.clone(), schema.clone());
            }
        }
        both.required.extend(other.required.clone());
        both.fixed.extend(other.fixed.clone());
        both
    }
}

fn product(ones: &[Shape], others: &[Shape]) -> Vec<Shape> {
    let pairs = ones
        .iter()
        .flat_map(|one| others.iter().map(|other| one.with(other)));
    pairs.collect()
}

/// A schema, and the edition that documents are written in.
pub struct Schema(pub Value, pub &'static str);

impl Schema {
    /// The definition that a schema stands for; one that adds to it stands for itself.
    pub fn resolve<'s>(&'s self, schema: &'s Value) -> &'s Value {
        match schema["$ref"].as_str() {
            Some(to) if schema["required"].is_null() && schema["properties"].is_null() => {
                self.resolve(self.target(to))
            }
            _ => schema,
        }
    }

    fn target(&self, reference: &str) -> &Value {
        self.0.pointer(reference.trim_start_matches('#')).unwrap()
    }

    /// Every way to write an object of this schema; none where it describes no object.
    pub fn shapes(&self, schema: &Value) -> Vec<Shape> {
        let list = |key: &str| schema[key].as_array().cloned().unwrap_or_default();
        let own = Shape {
            keys: schema["properties"]
                .as_object()
                .map(|keys| keys.clone().into_iter().collect())
                .unwrap_or_default(),
            required: list("required")
                .iter()
                .map(|key| key.as_str().unwrap().to_owned())
                .collect(),
            fixed: BTreeMap::new(),
        };
        let mut shapes = vec![own];
        if let Some(to) = schema["$ref"].as_str() {
            shapes = product(&shapes, &self.shapes(self.target(to)));
        }
        let (mut conditions, mut forbidden) = (Vec::new(), BTreeSet::new());
        for part in list("allOf") {
            for key in part["not"]["required"].as_array().into_iter().flatten() {
                forbidden.insert(key.as_str().unwrap().to_owned());
            }
            if part["if"].is_object() {
                conditions.push(part);
            } else {
                shapes = product(&shapes, &self.shapes(&part));
            }
        }
        for choice in ["oneOf", "anyOf"] {
            let ways: Vec<Shape> = list(choice)
                .iter()
                .flat_map(|way| self.shapes(way))
                .collect();
            if ways.iter().any(|way| !way.keys.is_empty()) {
                shapes = product(&shapes, &ways);
            }
        }
        for shape in &mut shapes {
            shape.keys.retain(|key, _| !forbidden.contains(key));
        }
        let plain = shapes.clone();
        for condition in conditions {
            let ifs = condition["if"]["anyOf"].as_array().cloned();
            for case in ifs.unwrap_or_else(|| vec![condition["if"].clone()]) {
                let fixed = case["properties"].as_object().unwrap().iter();
                let fixed: BTreeMap<_, _> = fixed
                    .filter(|(_, schema)| !schema["const"].is_null())
                    .map(|(key, schema)| (key.clone(), schema["const"].clone()))
                    .collect();
                let case = Shape {
                    fixed,
                    ..Shape::default()
                };
                let then = product(&[case], &self.shapes(&condition["then"]));
                shapes.extend(product(&plain, &then));
            }
        }
        shapes
    }

    /// The smallest object of a shape.
    pub fn smallest(&self, shape: &Shape) -> Map<String, Value> {
        let mut object = Map::new();
        for key in &shape.required {
            if let Some(schema) = shape.keys.get(key) {
                object.insert(key.clone(), self.values(schema).0);
            }
        }
        object.extend(shape.fixed.clone());
        object
    }

    /// Pairs of values that may be valid where a key of this schema stands.
    pub fn candidates(&self, schema: &Value) -> Vec<(Value, Value)> {
        let schema = self.resolve(schema);
        let shapes = |schema: &Value| -> Vec<Value> {
            let shapes = self.shapes(schema);
            let described = shapes.iter().any(|shape| !shape.keys.is_empty());
            let shapes = shapes.iter().filter(|_| described);
            shapes
                .map(|shape| Value::Object(self.smallest(shape)))
                .collect()
        };
        let mut candidates = vec![self.values(schema)];
        candidates.extend(
            shapes(schema)
                .into_iter()
                .map(|object| (object.clone(), object)),
        );
        let items = shapes(self.resolve(&schema["items"])).into_iter();
        candidates.extend(items.map(|item| (json!([item]), json!([item]))));
        candidates
    }

    /// The closed list of a schema.
    pub fn words(&self, schema: &Value) -> impl Iterator<Item = Value> {
        let words = self.resolve(schema)["enum"].as_array().cloned();
        words.unwrap_or_default().into_iter()
    }

    /// Two valid values, the same where there is but one.
    pub fn values(&self, schema: &Value) -> (Value, Value) {
        let schema = self.resolve(schema);
        if let Some(words) = schema["enum"].as_array() {
            if words.contains(&json!(self.1)) {
                return (json!(self.1), json!(self.1));
            }
            return (words[0].clone(), words[1.min(words.len() - 1)].clone());
        }
        for choice in ["oneOf", "anyOf"] {
            if let Some(ways) = schema[choice].as_array() {
                return self.values(&ways[0]);
            }
        }
        let kind = schema["type"]
            .as_array()
            .map_or(&schema["type"], |kinds| &kinds[0]);
        match kind.as_str() {
            Some("string") => texts(schema),
            Some("boolean") => (json!(true), json!(false)),
            Some("array") => {
                let (one, other) = self.values(&schema["items"]);
                match schema["minItems"].as_u64() {
                    Some(2) => (json!([3, 7]), json!([4, 9])),
                    _ => (json!([one]), json!([other])),
                }
            }
            Some("object") => match self
                .shapes(schema)
                .first()
                .map(|shape| self.smallest(shape))
            {
                Some(object) if !object.is_empty() => (json!(object), json!(object)),
                _ if schema["properties"].is_object() => (json!({}), json!({})),
                _ => (json!({"alpha": 3}), json!({"alpha": 7})),
            },
            _ => (json!(3), json!(7)),
        }
    }
}

fn texts(schema: &Value) -> (Value, Value) {
    let (one, other) = match (schema["format"].as_str(), schema["pattern"].as_str()) {
        (Some("uri"), _) => ("https://a.example.net/", "https://b.example.net/"),
        (Some("date"), _) => ("2024-01-01", "2025-01-01"),
        (Some("date-time"), _) => ("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
        (_, Some(pattern)) if pattern.contains(r"\.[A-Za-z_]") => ("alpha.one", "alpha.two"),
        _ => ("alpha", "beta"),
    };
    (json!(one), json!(other))
}
