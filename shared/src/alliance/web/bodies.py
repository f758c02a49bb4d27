"""Request bodies: strict models that take JSON as JSON has it, and nothing that is not declared."""

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError, ValidatorFunctionWrapHandler
from pydantic_core import CoreSchema, InitErrorDetails, core_schema

from alliance.web.complaints import refuse

_DEEPEST = 30
_NO_TEXT = "This has characters that are not text."
_LARGEST = 2**63 - 1
"""What the store's 64-bit integers hold."""


class Body(BaseModel):
    """A request body. Unknown fields are refused; text is not taken for numbers, nor numbers for dates.

    The web framework parses JSON before it validates; strict mode would then refuse an ISO date or a code because it
    is text. So what has only what JSON has is validated as JSON, where text is the only form that dates have.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        model = handler(source)
        return core_schema.json_or_python_schema(
            json_schema=model, python_schema=core_schema.no_info_wrap_validator_function(cls._read, model)
        )

    @classmethod
    def _read(cls, data: Any, validate: ValidatorFunctionWrapHandler) -> Any:
        if not isinstance(data, dict):
            return validate(data)
        if faults := _faults(data, ()):
            raise ValidationError.from_exception_data(cls.__name__, faults)
        try:
            text = json.dumps(data)
        except TypeError:
            return validate(data)
        read = cls.model_validate_json(text)
        return validate({cls.model_fields[name].alias or name: getattr(read, name) for name in read.model_fields_set})


def _faults(value: Any, place: tuple[str | int, ...]) -> list[InitErrorDetails]:
    """What JSON can say and neither text nor the store can hold: half characters, enormous numbers, endless depth."""
    if len(place) > _DEEPEST:
        return [_fault(place, "This is nested too deeply.")]
    if isinstance(value, dict):
        found = [_fault(place, _NO_TEXT) for key in value if _broken(key)]
        return found or [fault for key, each in value.items() for fault in _faults(each, (*place, key))]
    if isinstance(value, list):
        return [fault for index, each in enumerate(value) for fault in _faults(each, (*place, index))]
    if _broken(value):
        return [_fault(place, _NO_TEXT)]
    if isinstance(value, int) and abs(value) > _LARGEST:
        return [_fault(place, "This number is too large.")]
    return []


def _broken(value: Any) -> bool:
    return isinstance(value, str) and not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value)


def _fault(place: tuple[str | int, ...], why: str) -> InitErrorDetails:
    return InitErrorDetails(type=refuse(why), loc=place, input=None)
