"""What triage's codes and pages are called in plain English."""

from alliance.web.pages import Item

MENU = (
    Item(text="What needs me now", href="/", action="home.see"),
    Item(text="Queue", href="/cases", action="case.list"),
)

LABELS = {
    "support-7d": "Support within 7 days",
    "urgent-24h": "Seen within 24 hours",
    "very-urgent-4h": "Seen within 4 hours",
    "gp-plus": "GP+",
}
