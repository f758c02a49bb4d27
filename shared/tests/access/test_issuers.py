"""A sign-in file that cannot work is refused at start, in words."""

import re
from pathlib import Path

import pytest

from alliance.access.issuers import IssuersWrong, read_issuers

GOOD = """
[[issuers]]
issuer = "https://sign-in.example"
label = "Council sign-in"
client_id = "triage"
client_secret_file = "secret"
organisations = ["slam", "certitude"]
[issuers.claims]
roles = "groups"
from = "userinfo"
[issuers.organisation_codes]
RV5 = "slam"
"""

ANOTHER = """
[[issuers]]
issuer = "https://other.example"
organisations = ["slam"]
prefix = "b"
"""


def written(folder: Path, text: str) -> Path:
    (folder / "secret").write_text("made-up-secret\n")
    file = folder / "sign-in.toml"
    file.write_text(text)
    return file


def test_the_file_is_read_as_it_stands(tmp_path: Path) -> None:
    (issuer,) = read_issuers(written(tmp_path, GOOD))
    assert issuer.issuer == "https://sign-in.example"
    assert issuer.method == "client_secret_basic"
    assert issuer.secret() == "made-up-secret"
    assert issuer.claims.source == "userinfo"
    assert issuer.claims.organisation == "organisation"
    assert issuer.organisation_codes == {"RV5": "slam"}


def test_an_issuer_for_machines_needs_its_keys_only(tmp_path: Path) -> None:
    (tmp_path / "jwks.json").write_text("{}")
    text = '[[issuers]]\nissuer = "alliance"\njwks_file = "jwks.json"\norganisations = ["slam"]\n'
    (issuer,) = read_issuers(written(tmp_path, text))
    assert not issuer.signs_in
    assert issuer.jwks_file == tmp_path / "jwks.json"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("[[issuers]]", "[[issuer]]", "at least one"),
        ("[[issuers]]", "[[issuers", "sign-in.toml"),
        ('label = "Council sign-in"', 'lable = "Council sign-in"', "lable"),
        ('organisations = ["slam", "certitude"]', "organisations = []", "organisations"),
        ('organisations = ["slam", "certitude"]', 'organisations = ["South London"]', "ids of members"),
        ('organisations = ["slam", "certitude"]', 'organisations = ["certitude"]', "does not vouch for: slam"),
        ('"https://sign-in.example"', '"sign-in"', "no address"),
        ('"https://sign-in.example"', '"http://sign-in.example"', "not https"),
        ('client_secret_file = "secret"', 'client_secret_file = "nowhere"', "there is no file"),
        ('client_secret_file = "secret"', 'client_secret_file = "secret"\nprivate_key_file = "secret"', "both"),
        ('client_secret_file = "secret"', 'client_secret_file = "secret"\nscopes = ["profile"]', "openid"),
        ('client_secret_file = "secret"', 'client_secret_file = "secret"\nprefix = "A:"', "prefix"),
        ('roles = "groups"', 'organisation = ""', "one organisation"),
    ],
)
def test_a_file_that_cannot_work_is_refused_in_words(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert before in GOOD
    with pytest.raises(IssuersWrong, match=told) as wrong:
        read_issuers(written(tmp_path, GOOD.replace(before, after)))
    assert "made-up-secret" not in str(wrong.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(IssuersWrong, match="nowhere"):
        read_issuers(tmp_path / "nowhere.toml")


def test_several_issuers_need_prefixes_since_their_subjects_may_be_alike(tmp_path: Path) -> None:
    with pytest.raises(IssuersWrong, match="prefix"):
        read_issuers(written(tmp_path, GOOD + ANOTHER))
    one = GOOD.replace('client_id = "triage"', 'client_id = "triage"\nprefix = "a"')
    assert len(read_issuers(written(tmp_path, one + ANOTHER))) == 2
    with pytest.raises(IssuersWrong, match="prefix"):
        read_issuers(written(tmp_path, one.replace('prefix = "a"', 'prefix = "b"') + ANOTHER))
    with pytest.raises(IssuersWrong, match="twice"):
        read_issuers(written(tmp_path, one + ANOTHER.replace("other", "sign-in")))


def test_plain_http_is_for_development(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD.replace("https://sign-in.example", "http://localhost:8000"))
    with pytest.raises(IssuersWrong, match="development"):
        read_issuers(file)
    assert read_issuers(file, development=True)


GUIDE = Path(__file__).parents[3] / "docs" / "connect-an-issuer.md"
EXAMPLES = [text for text in re.findall(r"```toml\n(.*?)```", GUIDE.read_text(), re.DOTALL) if "[[issuers]]" in text]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_of_the_guide_can_be_used(tmp_path: Path, example: str) -> None:
    assert len(EXAMPLES) == 4
    for name in re.findall(r'^\w+_file = "([^"]+)"', example, re.MULTILINE):
        (tmp_path / name).write_text("{}")
    assert read_issuers(written(tmp_path, example))
