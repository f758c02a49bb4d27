"""What is counted in working days here."""

CALL_BACK_DAYS = 5
"""A pause whose end nobody knows is looked at again within so many working days (our own rule, as the working-day
engine of the Ministry of Justice's placement service counts what staff have to do). Waits never count them: the
national standards are hours and calendar days.
"""
