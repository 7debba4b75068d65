"""Tables: columns that are declared, rows that are arrays, one way of drawing for every page."""
