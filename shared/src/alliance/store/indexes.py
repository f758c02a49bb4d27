"""What is indexed in every collection of aggregates, besides its own keys: what sweeps and clocks look for."""

AGGREGATE_INDEXES = ("outbox_at", "urgent_at", "due_at")
