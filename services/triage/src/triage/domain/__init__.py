"""The rules of the conversation: cases, priorities, waits, and offers of support."""
