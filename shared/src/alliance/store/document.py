"""An aggregate as one document: its state through one pydantic adapter, its keys, its timer and its outbox."""

from typing import Annotated, Any, Generic, TypeVar, cast

from pydantic import GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema

from alliance.kernel import Aggregate, to_text
from alliance.store.protocols import Document
from alliance.store.scalars import as_key, as_moment

A = TypeVar("A", bound=Aggregate)

_TEXT_INSTANT = core_schema.plain_serializer_function_ser_schema(
    to_text, return_schema=core_schema.str_schema(), when_used="json"
)


class _InstantsAsText:
    """Annotation that writes every datetime within a type by `kernel.to_text`, whatever its offset was."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        seen: set[int] = set()

        def mark(node: Any) -> None:
            if isinstance(node, list | tuple):
                for part in node:
                    mark(part)
            elif isinstance(node, dict) and id(node) not in seen:
                seen.add(id(node))
                if node.get("type") == "definition-ref":
                    mark(handler.resolve_ref_schema(cast(CoreSchema, node)))
                elif node.get("type") == "datetime":
                    node["serialization"] = _TEXT_INSTANT
                else:
                    for name, part in node.items():
                        if name not in ("metadata", "serialization"):
                            mark(part)

        schema = handler(source)
        mark(schema)
        return schema


class Shape(Generic[A]):
    """How aggregates of one class become documents and come back."""

    def __init__(self, of: type[A]) -> None:
        self.of = of
        annotated: Any = Annotated[of, _InstantsAsText()]
        self._adapter: TypeAdapter[A] = TypeAdapter(annotated)

    def state(self, aggregate: A) -> Document:
        """The fields of the dataclass as JSON values; facts stay out."""
        return cast(Document, self._adapter.dump_python(aggregate, mode="json", exclude={"_facts"}))

    def aggregate(self, document: Document) -> A:
        """The aggregate that the document holds. Fields added to the class since then take their defaults."""
        return self._adapter.validate_python(document["state"])

    def keys(self, aggregate: A) -> dict[str, str | None]:
        """What lists are read by: each name of `indexed`, as text or None."""
        values = {name: getattr(aggregate, name) for name in self.of.indexed}
        return {name: None if value is None else as_key(value) for name, value in values.items()}

    def due_at(self, aggregate: A) -> str | None:
        due = aggregate.due_at()
        return None if due is None else as_moment(due)
