"""As much of JSON Schema as the schema of a case uses, for tests; an unknown keyword is an error."""

from typing import Any

KNOWN = {"$schema", "$id", "$defs", "$ref", "title", "description", "default", "type", "properties", "required", "additionalProperties"}
KNOWN |= {
    "items",
    "prefixItems",
    "anyOf",
    "oneOf",
    "enum",
    "const",
    "minItems",
    "maxItems",
    "minLength",
    "minProperties",
    "minimum",
    "maximum",
}
TYPES: dict[str, Any] = {"string": str, "boolean": bool, "array": list, "object": dict, "null": type(None)}


def faults(data: Any, schema: Any, root: dict[str, Any], path: str = "") -> list[str]:
    """Return where `data` does not fit `schema`, as paths with the keyword that fails."""
    if schema is True or schema == {}:
        return []
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        return faults(data, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, path)
    if "anyOf" in schema and not any(not faults(data, one, root, path) for one in schema["anyOf"]):
        return [f"{path}: anyOf"]
    if "oneOf" in schema and sum(not faults(data, one, root, path) for one in schema["oneOf"]) != 1:
        return [f"{path}: oneOf"]
    if "type" in schema and not _is(data, schema["type"]):
        return [f"{path}: type"]
    found = [
        f"{path}: {key}" for key in ("enum", "const") if key in schema and data not in ([schema[key]] if key == "const" else schema[key])
    ]
    return found + _sizes(data, schema, path) + _inside(data, schema, root, path)


def _is(data: Any, kind: str) -> bool:
    if kind == "integer":
        return isinstance(data, int) and not isinstance(data, bool)
    if kind == "number":
        return isinstance(data, int | float) and not isinstance(data, bool)
    return isinstance(data, TYPES[kind])


def _sizes(data: Any, schema: dict[str, Any], path: str) -> list[str]:
    checks = {
        "minItems": lambda: isinstance(data, list) and len(data) < schema["minItems"],
        "maxItems": lambda: isinstance(data, list) and len(data) > schema["maxItems"],
        "minLength": lambda: isinstance(data, str) and len(data) < schema["minLength"],
        "minProperties": lambda: isinstance(data, dict) and len(data) < schema["minProperties"],
        "minimum": lambda: isinstance(data, int) and data < schema["minimum"],
        "maximum": lambda: isinstance(data, int) and data > schema["maximum"],
    }
    return [f"{path}: {key}" for key, fails in checks.items() if key in schema and fails()]


def _inside(data: Any, schema: dict[str, Any], root: dict[str, Any], path: str) -> list[str]:
    found: list[str] = []
    if isinstance(data, dict):
        properties, others = schema.get("properties", {}), schema.get("additionalProperties", True)
        found += [f"{path}.{key}: required" for key in schema.get("required", ()) if key not in data]
        for key, value in data.items():
            inner = properties.get(key, others)
            found += [f"{path}.{key}: additionalProperties"] if inner is False else faults(value, inner, root, f"{path}.{key}")
    if isinstance(data, list):
        first = schema.get("prefixItems", [])
        for place, value in enumerate(data):
            found += faults(value, first[place] if place < len(first) else schema.get("items", True), root, f"{path}[{place}]")
    return found
