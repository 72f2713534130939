//! Trino's questions as its OPA plugin writes them. Fields that we do not look at are held to their
//! type all the same; fields that we do not know may be there.

use serde::Deserialize;
use zonecut_policy::request::Text;

use crate::face::{Anything, Object, present};

/// The body.
#[derive(Debug, Deserialize)]
pub struct Body<'a> {
    /// The question.
    #[serde(borrow)]
    pub input: Object<Input<'a>>,
}

/// A question.
#[derive(Debug, Deserialize)]
pub struct Input<'a> {
    /// Who asks.
    #[serde(borrow)]
    pub context: Object<Context<'a>>,
    /// What for.
    #[serde(borrow)]
    pub action: Object<Action<'a>>,
}

/// Who asks, and through what.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only has to be what it should be")]
pub struct Context<'a> {
    /// The user.
    #[serde(borrow)]
    pub identity: Object<Identity<'a>>,
    #[serde(borrow)]
    software_stack: Object<SoftwareStack<'a>>,
    #[serde(borrow, default)]
    query_id: Option<Text<'a>>,
    #[serde(default)]
    properties: Option<Object<Anything>>,
}

/// A user and their groups, which are always stated.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only has to be what it should be")]
pub struct Identity<'a> {
    /// The user.
    #[serde(borrow)]
    pub user: Text<'a>,
    /// Their groups.
    #[serde(borrow)]
    pub groups: Vec<Text<'a>>,
    #[serde(default)]
    extra_credentials: Option<Object<Anything>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only has to be what it should be")]
struct SoftwareStack<'a> {
    #[serde(borrow)]
    trino_version: Text<'a>,
}

/// What is to be done, to what.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Action<'a> {
    /// The operation.
    #[serde(borrow)]
    pub operation: Text<'a>,
    /// What it is about.
    #[serde(borrow, default, deserialize_with = "present")]
    pub resource: Option<Object<Resource<'a>>>,
    /// What a renamed thing becomes.
    #[serde(borrow, default, deserialize_with = "present")]
    pub target_resource: Option<Object<Resource<'a>>>,
    /// What is to be filtered.
    #[serde(borrow, default, deserialize_with = "present")]
    pub filter_resources: Option<Vec<Object<Resource<'a>>>>,
    /// Who becomes the owner.
    #[serde(borrow, default, deserialize_with = "present")]
    pub grantee: Option<Object<Grantee<'a>>>,
}

/// A resource; which part is there depends on the operation.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource<'a> {
    /// A catalog.
    #[serde(borrow, default, deserialize_with = "present")]
    pub catalog: Option<Object<Named<'a>>>,
    /// A schema.
    #[serde(borrow, default, deserialize_with = "present")]
    pub schema: Option<Object<Schema<'a>>>,
    /// A table or view.
    #[serde(borrow, default, deserialize_with = "present")]
    pub table: Option<Object<Table<'a>>>,
    /// A column.
    #[serde(borrow, default, deserialize_with = "present")]
    pub column: Option<Object<Column<'a>>>,
    /// A function or procedure.
    #[serde(borrow, default, deserialize_with = "present")]
    pub function: Option<Object<Function<'a>>>,
    /// Another user.
    #[serde(borrow, default, deserialize_with = "present")]
    pub user: Option<Object<User<'a>>>,
    /// A setting of the session.
    #[serde(borrow, default, deserialize_with = "present")]
    pub system_session_property: Option<Object<Named<'a>>>,
    /// A setting of the session for a catalog.
    #[serde(borrow, default, deserialize_with = "present")]
    pub catalog_session_property: Option<Object<CatalogProperty<'a>>>,
}

/// Something with a name.
#[derive(Debug, Deserialize)]
pub struct Named<'a> {
    /// The name.
    #[serde(borrow)]
    pub name: Text<'a>,
}

/// A schema.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only has to be what it should be")]
pub struct Schema<'a> {
    /// Its catalog.
    #[serde(borrow)]
    pub catalog_name: Text<'a>,
    /// Its name.
    #[serde(borrow)]
    pub schema_name: Text<'a>,
    #[serde(default)]
    properties: Option<Object<Anything>>,
}

/// A table or view.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only has to be what it should be")]
pub struct Table<'a> {
    /// Its catalog.
    #[serde(borrow)]
    pub catalog_name: Text<'a>,
    /// Its schema.
    #[serde(borrow)]
    pub schema_name: Text<'a>,
    /// Its name.
    #[serde(borrow)]
    pub table_name: Text<'a>,
    /// Its columns that are wanted.
    #[serde(borrow, default, deserialize_with = "present")]
    pub columns: Option<Vec<Text<'a>>>,
    #[serde(default)]
    properties: Option<Object<Anything>>,
}

/// A column.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only has to be what it should be")]
pub struct Column<'a> {
    /// Its catalog.
    #[serde(borrow)]
    pub catalog_name: Text<'a>,
    /// Its schema.
    #[serde(borrow)]
    pub schema_name: Text<'a>,
    /// Its table.
    #[serde(borrow)]
    pub table_name: Text<'a>,
    /// Its name.
    #[serde(borrow)]
    pub column_name: Text<'a>,
    #[serde(borrow, rename = "columnType")]
    kind: Text<'a>,
}

/// A function or procedure; one of a table has only a name.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Function<'a> {
    /// Its catalog.
    #[serde(borrow, default, deserialize_with = "present")]
    pub catalog_name: Option<Text<'a>>,
    /// Its schema.
    #[serde(borrow, default, deserialize_with = "present")]
    pub schema_name: Option<Text<'a>>,
    /// Its name.
    #[serde(borrow)]
    pub function_name: Text<'a>,
}

/// Another user.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only has to be what it should be")]
pub struct User<'a> {
    /// The name.
    #[serde(borrow)]
    pub user: Text<'a>,
    #[serde(borrow, default, deserialize_with = "present")]
    groups: Option<Vec<Text<'a>>>,
}

/// A setting of a catalog.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "only has to be what it should be")]
pub struct CatalogProperty<'a> {
    /// The catalog.
    #[serde(borrow)]
    pub catalog_name: Text<'a>,
    #[serde(borrow)]
    property_name: Text<'a>,
}

/// Who becomes the owner.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "only has to be what it should be")]
pub struct Grantee<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow, rename = "type")]
    kind: Text<'a>,
}
