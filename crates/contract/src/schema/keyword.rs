//! The words of JSON Schema that the standards use.

/// A keyword of a schema, called as in JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    Type,
    Enum,
    Const,
    Ref,
    AllOf,
    AnyOf,
    OneOf,
    Not,
    If,
    Pattern,
    Minimum,
    ExclusiveMinimum,
    Required,
    Properties,
    AdditionalProperties,
    UnevaluatedProperties,
    Items,
    MinItems,
    MaxItems,
    UniqueItems,
    /// Asks nothing by itself: `format` is a remark in this edition of JSON Schema, and `then` and `else`
    /// are asked for by `if`.
    Remark,
    /// What the standards do not use.
    Unknown,
}

impl Keyword {
    /// What a key means.
    pub fn of(key: &str) -> Self {
        match key {
            "type" => Self::Type,
            "enum" => Self::Enum,
            "const" => Self::Const,
            "$ref" => Self::Ref,
            "allOf" => Self::AllOf,
            "anyOf" => Self::AnyOf,
            "oneOf" => Self::OneOf,
            "not" => Self::Not,
            "if" => Self::If,
            "pattern" => Self::Pattern,
            "minimum" => Self::Minimum,
            "exclusiveMinimum" => Self::ExclusiveMinimum,
            "required" => Self::Required,
            "properties" => Self::Properties,
            "additionalProperties" => Self::AdditionalProperties,
            "unevaluatedProperties" => Self::UnevaluatedProperties,
            "items" => Self::Items,
            "minItems" => Self::MinItems,
            "maxItems" => Self::MaxItems,
            "uniqueItems" => Self::UniqueItems,
            "$schema" | "$defs" | "title" | "description" | "default" | "examples"
            | "deprecated" | "format" | "then" | "else" => Self::Remark,
            _ => Self::Unknown,
        }
    }
}
