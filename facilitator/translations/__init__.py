"""The interface in other languages: one gettext catalogue each, and `extract`, which keeps them up to date."""
