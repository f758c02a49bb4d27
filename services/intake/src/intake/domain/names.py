"""How names are compared: letters alone, what a name is short for, how it sounds, and how near two spellings are."""

import unicodedata
from functools import lru_cache

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "rev", "master"})

_SHORT_FOR = (
    "alexander alex alec sandy sasha",
    "alexandra alex sandra sandy sasha",
    "andrew andy drew",
    "anthony tony antony",
    "barbara barb babs",
    "benjamin ben benny",
    "catherine katherine kathryn cathy kathy kate katie kat cath",
    "charles charlie chas",
    "christine christina chris chrissie tina",
    "christopher chris kit",
    "daniel dan danny",
    "david dave davy",
    "deborah debbie debra deb",
    "dorothy dot dottie dolly",
    "edward ed eddie ted teddy ned",
    "elizabeth liz lizzie beth betty bess eliza libby elisabeth",
    "florence flo florrie",
    "frederick fred freddie",
    "george georgie",
    "gregory greg",
    "harold harry",
    "henry harry hal",
    "jacqueline jackie jacqui",
    "james jim jimmy jamie",
    "jennifer jen jenny jennie",
    "john jack johnny jon",
    "jonathan jon jonny",
    "joseph joe joey",
    "josephine jo josie",
    "joshua josh",
    "judith judy judi",
    "kenneth ken kenny",
    "laurence lawrence larry laurie",
    "leonard len lenny leo",
    "margaret maggie meg peggy madge marge",
    "matthew matt",
    "michael mike mick mickey",
    "mohammed muhammad mohamed mohammad muhammed mohamud mo",
    "nicholas nick nicky",
    "oluwaseun seun",
    "oluwatobi tobi",
    "pamela pam",
    "patricia pat patsy trish tricia",
    "patrick pat paddy",
    "peter pete",
    "philip phillip phil pip",
    "rebecca becky becca",
    "richard rich rick dick ricky",
    "robert rob bob bobby robbie bert",
    "ronald ron ronnie",
    "samantha sam sammy",
    "samuel sam sammy",
    "sarah sara sally",
    "stephen steven steve stevie",
    "susan sue susie suzie",
    "terence terry",
    "theresa teresa terry tess",
    "thomas tom tommy",
    "timothy tim",
    "victoria vicky vicki tori",
    "vincent vince vinny",
    "william will bill billy willy liam",
    "yusuf yousef yusef joseph",
)
"""Names that are used for one another in Britain, the long form first; one short form may stand for several."""

_FAMILIES: dict[str, frozenset[int]] = {}
for _place, _family in enumerate(_SHORT_FOR):
    for _name in _family.split():
        _FAMILIES[_name] = _FAMILIES.get(_name, frozenset()) | {_place}

_SOUNDS = {
    letter: code for code, letters in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1) for letter in letters
}


@lru_cache(maxsize=4096)
def parts_of(name: str) -> tuple[str, ...]:
    """`Dr. Zoë O'Brien-Smith` → `("zoe", "obrien", "smith")`: lower case, no accents, no titles."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(each))
    spaced = "".join(each if each.isalnum() else "" if each in "'’`." else " " for each in plain)
    return tuple(part for part in spaced.split() if part not in _TITLES)


def is_short_for(one: str, other: str) -> bool:
    """Whether two first names are used for one another: `bill` and `william`."""
    return bool(_FAMILIES.get(one, frozenset()) & _FAMILIES.get(other, frozenset()))


def family_of(first_name: str) -> str:
    """The same for names that are used for one another, as far as one text can say it: that of the first family."""
    families = _FAMILIES.get(first_name)
    return first_name if families is None else _SHORT_FOR[min(families)].split()[0]


def sound_of(name: str) -> str:
    """Soundex (US National Archives): `smith`, `smyth` → `s530`. Empty for a name without a letter of a to z."""
    letters = [each for each in name if "a" <= each <= "z"]
    if not letters:
        return ""
    found, before = letters[0], _SOUNDS.get(letters[0])
    for letter in letters[1:]:
        code = _SOUNDS.get(letter)
        if code is not None and code != before:
            found += str(code)
        if letter not in "hw":
            before = code
    return f"{found}000"[:4]


def slips_between(one: str, other: str) -> int:
    """How many letters were added, left out, exchanged or swapped with their neighbour (optimal string alignment)."""
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        further, above, row = above, row, [i]
        for j, right in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, further[j - 2] + 1)
            row.append(cost)
    return row[-1]


def is_near(one: str, other: str) -> bool:
    """One slip in a name of four letters or more, two in one of eight or more: `smith` and `smyth`."""
    shorter = min(len(one), len(other))
    return shorter >= 4 and slips_between(one, other) <= (2 if shorter >= 8 else 1)
