"""The only SQL: tables, the unit of work, migrations, one repository per subject."""
