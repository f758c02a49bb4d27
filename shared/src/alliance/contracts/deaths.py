"""What the front door says when somebody has died, and when that was a mistake."""

from datetime import date

from pydantic import Field

from alliance.contracts.event import Event, Id, WireInstant, contract


@contract("intake.person-died.v1", subject="person_id", lane="urgent")
class PersonDied(Event):
    """The front door has recorded that the person has died. Nobody writes to them; it ends nothing else by itself.

    Urgent: until it is heard, messages go to somebody who has died. Said again where the date was wrong.
    """

    person_id: Id
    died_on: date
    death_sequence: int = Field(ge=1, description="grows with every change; holders ignore anything older")
    at: WireInstant = Field(description="when it was recorded")


@contract("intake.person-death-corrected.v1", subject="person_id", lane="urgent")
class PersonDeathCorrected(Event):
    """That the person had died was a mistake."""

    person_id: Id
    death_sequence: int = Field(ge=1, description="of the same row of numbers as in person-died")
    at: WireInstant = Field(description="when it was recorded")
