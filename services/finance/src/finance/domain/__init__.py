"""One budget, open book: commitments, the ledger and the alliance year."""
