"""The only Excel: guard, read and write workbooks."""
