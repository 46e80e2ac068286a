"""The only SQL in the house: tables, the engine, queries, migrations."""
