"""Pure rules: data in, data out. No I/O, no Flask, no SQLAlchemy below this line."""
