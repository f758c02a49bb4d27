"""What made-up people say about themselves, wherever text is free."""

from dataclasses import dataclass

from alliance_deploy.demo.clients import Json


@dataclass(frozen=True, kw_only=True)
class Words:
    """What people say about themselves, wherever text is free."""

    full_name: str = "Sampletta Madeup"
    call_me: str = "Sam"
    story: str = "I was in hospital in spring, and now I cannot keep up with the letters about my flat."
    notes: str = "Sam wants to cook for friends again, and to have the key to a front door."
    address: str = "1 Imaginary Street"
    email: str = "sam@example.org"

    def person(self, also: str = "") -> Json:
        return {
            "full_name": f"{self.full_name}{also}",
            "call_me": f"{self.call_me}{also}",
            "contact_points": [
                {"kind": "email", "value": self.email, "safe": True},
                {"kind": "phone", "value": "07700 900123", "safe": True, "voicemail_ok": True},
                {"kind": "address", "value": self.address, "safe": False},
            ],
            "interpreter_language": "fr",
        }

    def told(self) -> Json:
        return {"going_on": self.story, "matters_to_me": self.story, "good_at": self.story, "would_help": self.story}
