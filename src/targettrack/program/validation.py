"""Validation: pydantic validators made from the annotations of frozen dataclasses.

pydantic's own models cost every start of the program 70 ms and more, before the first file is read; its validator alone, pydantic-core,
costs 20 ms, a quarter of what typer and tomli cost together. The annotations mean the same to both: pydantic reads them (for the JSON Schema, and in the tests, which compare the two).
They are values: a module of such classes imports no ``annotations`` from the future, whose texts would be compiled one by one at each start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic_core import CoreSchema, SchemaValidator, core_schema
from pydantic_core.core_schema import ValidationInfo

from targettrack.frozen import Part, frozen, parts


def key_of(name: str) -> str:
    """The key in the file of a field's name."""
    return name.rstrip("_")


CONFIG = {"extra": "forbid", "alias_generator": key_of}
"""What the dataclasses say to pydantic: unknown keys are refused; ``from_`` is the key ``from``."""


@frozen(slots=False)
class Rule:
    """What a value must be, for ``Annotated``: as a validator's schema and as a JSON Schema."""

    core: CoreSchema
    json: Mapping[str, Any]

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        return self.core

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, Any]:
        return dict(self.json)


def parsed(parse: Callable[[Any], object], json: Mapping[str, Any]) -> Rule:
    """A value that a function makes of the raw one, raising pydantic's errors."""
    return Rule(core_schema.no_info_plain_validator_function(parse), json)


def parsed_in(parse: Callable[[Any, ValidationInfo], object], json: Mapping[str, Any]) -> Rule:
    """A value that a function makes of the raw one and of what the whole file is read with: its info's ``context``, None where nothing was said."""
    return Rule(core_schema.with_info_plain_validator_function(parse), json)


def key(field: Field[Any]) -> str:
    """The key of a field in the file."""
    return key_of(field.name)


def validator(of: type[Any]) -> SchemaValidator:
    """The validator of a dataclass; a ``check`` method of its (or ``check_in``, with what the whole file is read with) is called at the end, and raises what does not fit together."""
    if of not in _validators:
        _validators[of] = SchemaValidator(_table(of))
    return _validators[of]


_validators: dict[type[Any], SchemaValidator] = {}


def _table(of: type[Any]) -> CoreSchema:
    arguments = [
        core_schema.dataclass_field(name, _field(part), kw_only=True, validation_alias=key_of(name))
        for name, part in parts(of).items()
    ]
    schema = core_schema.dataclass_schema(
        of, core_schema.dataclass_args_schema(of.__name__, arguments), [*parts(of)], slots=True, frozen=True, config={"extra_fields_behavior": "forbid"}
    )  # fmt: skip
    if hasattr(of, "check"):
        return core_schema.no_info_after_validator_function(of.check, schema)
    if hasattr(of, "check_in"):
        return core_schema.with_info_after_validator_function(lambda made, info: made.check_in(info.context), schema)
    return schema


def _field(part: Part) -> CoreSchema:
    schema = _schema(part.of)
    if part.default is not MISSING:
        return core_schema.with_default_schema(schema, default=part.default)
    return schema if part.factory is MISSING else core_schema.with_default_schema(schema, default_factory=part.factory)


@cache
def _schema(annotation: Any) -> CoreSchema:  # noqa: ANN401
    """The schema of an annotation: of those that the program file's tables use, and of no others."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return next(rule.core for rule in inner if isinstance(rule, Rule))
    if origin in {Union, UnionType}:
        (only,) = (part for part in inner if part is not NoneType)
        return _schema(only)  # TOML has no null: an optional key is absent
    if origin is Literal:
        return core_schema.literal_schema(list(inner))
    if origin is tuple:
        return core_schema.tuple_schema([_schema(inner[0])], variadic_item_index=0)
    if origin is dict:
        return core_schema.dict_schema(_schema(inner[0]), _schema(inner[1]))
    if hasattr(annotation, "__parts__"):
        return _table(annotation)
    raise TypeError(f"no schema for {annotation}")
