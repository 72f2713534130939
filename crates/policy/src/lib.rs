//! Policy documents, compiled into a snapshot that answers who may see what.
