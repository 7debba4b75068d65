"""The sections of a report, one file each: from what the domain knows to words, tables and charts."""
