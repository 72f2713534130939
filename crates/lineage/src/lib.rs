//! OpenLineage events as datasets, columns and edges.
