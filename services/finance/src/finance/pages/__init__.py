"""Finance's pages: the year at a glance, commitments, the ledger, and the forms by which it is written by hand."""
