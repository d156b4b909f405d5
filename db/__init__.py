"""The database: engine, column types, and one module per feature with its tables and its queries."""
