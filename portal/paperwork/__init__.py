"""The press: Word documents and PDF. It knows no case, no person and no database."""
