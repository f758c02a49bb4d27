"""What can be counted about messages; labels are types, reactions and codes, never ids."""

from prometheus_client import Counter, Gauge, Histogram

PUBLISHED = Counter("alliance_published_total", "Events confirmed by the broker", ["service"])
PUBLISH_FAILURES = Counter(
    "alliance_publish_failures_total", "Publishes that failed and will be repeated", ["service", "why"]
)
OLDEST_PENDING = Gauge(
    "alliance_outbox_oldest_pending_seconds", "Age of the oldest event that the broker has not confirmed", ["service"]
)
HEARD = Counter("alliance_heard_total", "What became of events heard", ["type", "reaction", "outcome"])
REACTION_SECONDS = Histogram(
    "alliance_reaction_seconds",
    "Time a reaction took",
    ["reaction"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
)
QUARANTINED = Counter("alliance_quarantined_total", "Messages put into quarantine", ["type", "reason"])
LANE_WAITING = Gauge("alliance_lane_waiting", "Messages waiting in a lane", ["service", "lane"])
LANE_IN_HAND = Gauge("alliance_lane_in_hand", "Messages being handled", ["service", "lane"])
LANE_PAUSED = Gauge("alliance_lane_paused", "1 while a lane waits out an outage", ["service", "lane"])
