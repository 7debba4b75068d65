"""The only PDF: a document in the reader's words is set by Typst, its charts are drawn here."""
