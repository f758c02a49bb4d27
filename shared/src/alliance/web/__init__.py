"""The web side of a service: applications, strict bodies, idempotent commands, problems. JSON in and out."""

from alliance.web.answers import answers
from alliance.web.app import build_app
from alliance.web.bodies import Body
from alliance.web.commands import Command, doing, public_command
from alliance.web.complaints import refuse
from alliance.web.correlation import correlation_id
from alliance.web.dependencies import given, may
from alliance.web.etags import etag, tag
from alliance.web.fields import Day, Id, Instant, Line, NhsNumber, Passage, PathId, Pence, Phone, Text
from alliance.web.health import Check, metrics_on
from alliance.web.problems import Problem, ProblemRaised

__all__ = [
    "Body",
    "Check",
    "Command",
    "Day",
    "Id",
    "Instant",
    "Line",
    "NhsNumber",
    "Passage",
    "PathId",
    "Pence",
    "Phone",
    "Problem",
    "ProblemRaised",
    "Text",
    "answers",
    "build_app",
    "correlation_id",
    "doing",
    "etag",
    "given",
    "may",
    "metrics_on",
    "public_command",
    "refuse",
    "tag",
]
