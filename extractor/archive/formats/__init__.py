"""The forms that records are kept in: JSON Lines, Parquet, CSV, DuckDB, Excel."""
