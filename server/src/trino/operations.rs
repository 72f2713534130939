//! The operations of Trino's access control, and what each asks of the policies. One that is not here
//! is denied.

use zonecut_policy::Action::{self, Delete, Insert, Manage, Select, Update};
use zonecut_policy::request::Text;

use super::wire;

/// What an operation is about, and so what has to stand in its `resource`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Nothing.
    Nothing,
    /// `catalog`.
    Catalog,
    /// `schema`.
    Schema,
    /// `schema`, and what it becomes in `targetResource`.
    Schemas,
    /// `schema`, and who owns it from now on in `grantee`.
    SchemaOwner,
    /// `table`.
    Table,
    /// `table`, and what it becomes in `targetResource`.
    Tables,
    /// `table`, and who owns it from now on in `grantee`.
    TableOwner,
    /// `table` and a procedure of it in `function`.
    TableProcedure,
    /// `table` with `columns`.
    Columns,
    /// `function`.
    Function,
    /// `user`.
    User,
    /// `systemSessionProperty`.
    SystemSetting,
    /// `catalogSessionProperty`.
    CatalogSetting,
}

/// Who may do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Everybody: what it leads to is asked by itself.
    Anyone,
    /// Nobody: no policy can grant it.
    Nobody,
    /// Users, as far as it is about themselves.
    Oneself,
    /// Those for whom it is there: who may do anything to anything in it.
    Sees,
    /// Everybody where Zonecut is not asked to guard; nobody elsewhere, since it is in no contract.
    Unguarded,
    /// Those to whom a policy grants that on the columns named, or where none are on all.
    May(Action),
    /// Those who may read the columns and manage the table: others will see it with their eyes.
    Shares,
}

use About::{
    Catalog, CatalogSetting, Columns, Function, Nothing, Schema, SchemaOwner, Schemas,
    SystemSetting, Table, TableOwner, TableProcedure, Tables, User,
};
use Rule::{Anyone, May, Nobody, Oneself, Sees, Shares, Unguarded};

/// The table: operation, what it is about, and who may do it.
pub const OPERATIONS: &[(&str, About, Rule)] = &[
    // The engine
    ("ExecuteQuery", Nothing, Anyone),
    ("SetSystemSessionProperty", SystemSetting, Anyone),
    ("ReadSystemInformation", Nothing, Nobody),
    ("WriteSystemInformation", Nothing, Nobody),
    // Users and their queries
    ("ImpersonateUser", User, Oneself),
    ("ViewQueryOwnedBy", User, Oneself),
    ("KillQueryOwnedBy", User, Oneself),
    ("FilterViewQueryOwnedBy", User, Oneself),
    // Catalogs: a new one could show guarded data under an unguarded name
    ("AccessCatalog", Catalog, Sees),
    ("FilterCatalogs", Catalog, Sees),
    ("ShowSchemas", Catalog, Sees),
    ("SetCatalogSessionProperty", CatalogSetting, Sees),
    ("CreateCatalog", Catalog, Nobody),
    ("DropCatalog", Catalog, Nobody),
    // Schemas
    ("FilterSchemas", Schema, Sees),
    ("ShowTables", Schema, Sees),
    ("ShowFunctions", Schema, Sees),
    ("ShowCreateSchema", Schema, Unguarded),
    ("CreateSchema", Schema, Unguarded),
    ("DropSchema", Schema, Unguarded),
    ("RenameSchema", Schemas, Unguarded),
    // Tables and views, seen
    ("FilterTables", Table, Sees),
    ("ShowColumns", Table, Sees),
    ("FilterColumns", Columns, Sees),
    ("ShowCreateTable", Table, May(Select)),
    ("SelectFromColumns", Columns, May(Select)),
    // A view is read with the eyes of its owner
    ("CreateViewWithSelectFromColumns", Columns, Shares),
    // Rows
    ("InsertIntoTable", Table, May(Insert)),
    ("UpdateTableColumns", Columns, May(Update)),
    ("DeleteFromTable", Table, May(Delete)),
    ("TruncateTable", Table, May(Delete)),
    // Tables and views, changed
    ("CreateTable", Table, May(Manage)),
    ("DropTable", Table, May(Manage)),
    ("RenameTable", Tables, May(Manage)),
    ("SetTableProperties", Table, May(Manage)),
    ("SetTableComment", Table, May(Manage)),
    ("SetViewComment", Table, May(Manage)),
    ("SetColumnComment", Table, May(Manage)),
    ("AddColumn", Table, May(Manage)),
    ("AlterColumn", Table, May(Manage)),
    ("DropColumn", Table, May(Manage)),
    ("RenameColumn", Table, May(Manage)),
    ("ExecuteTableProcedure", TableProcedure, May(Manage)),
    ("CreateView", Table, May(Manage)),
    ("RenameView", Tables, May(Manage)),
    ("DropView", Table, May(Manage)),
    ("CreateMaterializedView", Table, May(Manage)),
    ("RefreshMaterializedView", Table, May(Manage)),
    ("SetMaterializedViewComment", Table, May(Manage)),
    ("SetMaterializedViewProperties", Table, May(Manage)),
    ("RenameMaterializedView", Tables, May(Manage)),
    ("DropMaterializedView", Table, May(Manage)),
    // Owners: with whose eyes a view is read
    ("SetTableAuthorization", TableOwner, Nobody),
    ("SetViewAuthorization", TableOwner, Nobody),
    ("SetSchemaAuthorization", SchemaOwner, Nobody),
    // Functions and procedures
    ("FilterFunctions", Function, Sees),
    ("ExecuteFunction", Function, Unguarded),
    ("CreateViewWithExecuteFunction", Function, Unguarded),
    ("ExecuteProcedure", Function, Unguarded),
    ("ShowCreateFunction", Function, Unguarded),
    ("CreateFunction", Function, Unguarded),
    ("DropFunction", Function, Unguarded),
];

/// What an operation is about, and who may do it; none for one that is not known.
#[must_use]
pub fn find(operation: &str) -> Option<(About, Rule)> {
    let mut known = OPERATIONS.iter();
    let (_, about, rule) = known.find(|(name, ..)| *name == operation)?;
    Some((*about, *rule))
}

/// A schema.
#[derive(Debug, Clone, Copy)]
pub struct SchemaName<'a> {
    /// Its catalog.
    pub catalog: &'a str,
    /// Its name.
    pub schema: &'a str,
}

/// A table or view.
#[derive(Debug, Clone, Copy)]
pub struct TableName<'a> {
    /// Its schema.
    pub within: SchemaName<'a>,
    /// Its name.
    pub table: &'a str,
}

/// What is asked about.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// Nothing, or nothing that the rule looks at.
    Nothing,
    /// A catalog.
    Catalog(&'a str),
    /// A schema.
    Schema(SchemaName<'a>),
    /// A schema and what it becomes.
    Schemas(SchemaName<'a>, SchemaName<'a>),
    /// A table.
    Table(TableName<'a>),
    /// A table and what it becomes.
    Tables(TableName<'a>, TableName<'a>),
    /// Columns of a table.
    Columns(TableName<'a>, &'a [Text<'a>]),
    /// A function.
    Function(SchemaName<'a>, &'a str),
    /// A user.
    User(&'a str),
}

impl<'a> Subject<'a> {
    /// What an operation `about` that is asked about; the error names the field that is missing.
    ///
    /// # Errors
    /// When a field is missing.
    pub fn read(
        about: About,
        action: &'a wire::Action<'a>,
        resource: Option<&'a wire::Resource<'a>>,
    ) -> Result<Self, &'static str> {
        if about == Nothing {
            return Ok(Self::Nothing);
        }
        let resource = resource.ok_or("resource")?;
        let target = || action.target_resource.as_deref().ok_or("targetResource");
        match about {
            Nothing => Ok(Self::Nothing),
            SystemSetting => {
                let setting = resource.system_session_property.as_ref();
                setting.ok_or("systemSessionProperty")?;
                Ok(Self::Nothing)
            }
            CatalogSetting => {
                let setting = resource.catalog_session_property.as_ref();
                let setting = setting.ok_or("catalogSessionProperty")?;
                Ok(Self::Catalog(&setting.catalog_name))
            }
            Catalog => {
                let catalog = resource.catalog.as_ref().ok_or("catalog")?;
                Ok(Self::Catalog(&catalog.name))
            }
            Schema => Ok(Self::Schema(schema(resource)?)),
            Schemas => Ok(Self::Schemas(schema(resource)?, schema(target()?)?)),
            Table => Ok(Self::Table(table(resource)?)),
            Tables => Ok(Self::Tables(table(resource)?, table(target()?)?)),
            SchemaOwner | TableOwner => {
                action.grantee.as_ref().ok_or("grantee")?;
                match about {
                    SchemaOwner => Ok(Self::Schema(schema(resource)?)),
                    _ => Ok(Self::Table(table(resource)?)),
                }
            }
            TableProcedure => {
                resource.function.as_ref().ok_or("function")?;
                Ok(Self::Table(table(resource)?))
            }
            Columns => {
                let columns = resource.table.as_ref().and_then(|it| it.columns.as_ref());
                Ok(Self::Columns(table(resource)?, columns.ok_or("columns")?))
            }
            Function => {
                let function = resource.function.as_ref().ok_or("function")?;
                let within = SchemaName {
                    catalog: function.catalog_name.as_deref().ok_or("catalogName")?,
                    schema: function.schema_name.as_deref().ok_or("schemaName")?,
                };
                Ok(Self::Function(within, &function.function_name))
            }
            User => Ok(Self::User(&resource.user.as_ref().ok_or("user")?.user)),
        }
    }
}

fn schema<'a>(resource: &'a wire::Resource<'a>) -> Result<SchemaName<'a>, &'static str> {
    let schema = resource.schema.as_ref().ok_or("schema")?;
    Ok(SchemaName {
        catalog: &schema.catalog_name,
        schema: &schema.schema_name,
    })
}

/// The table of a resource.
///
/// # Errors
/// When there is none.
pub fn table<'a>(resource: &'a wire::Resource<'a>) -> Result<TableName<'a>, &'static str> {
    let table = resource.table.as_ref().ok_or("table")?;
    Ok(TableName {
        within: SchemaName {
            catalog: &table.catalog_name,
            schema: &table.schema_name,
        },
        table: &table.table_name,
    })
}

impl std::fmt::Display for SchemaName<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.catalog, self.schema)
    }
}

impl std::fmt::Display for TableName<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.within, self.table)
    }
}

impl std::fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nothing => f.write_str("the engine"),
            Self::Catalog(catalog) => f.write_str(catalog),
            Self::Schema(schema) => schema.fmt(f),
            Self::Schemas(from, to) => write!(f, "{from} to {to}"),
            Self::Table(table) | Self::Columns(table, _) => table.fmt(f),
            Self::Tables(from, to) => write!(f, "{from} to {to}"),
            Self::Function(within, function) => write!(f, "{within}.{function}"),
            Self::User(user) => write!(f, "user {user}"),
        }
    }
}
