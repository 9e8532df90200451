import { z } from "zod";
import type { Schema } from "./look-inside";
import { snakeCase } from "./wire-case";

type Json = Record<string, unknown>;

/** A schema as JSON Schema in the names of the wire. */
export function toJsonSchema(schema: Schema, io: "input" | "output"): Json {
  const described = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    reused: "inline",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === "date")
        Object.assign(jsonSchema, { type: "string", format: "date-time" });
      if (zodSchema._zod.def.type === "bigint")
        Object.assign(jsonSchema, { type: "string", pattern: "^-?\\d+$" });
    },
  });
  const { $schema: _dialect, $defs: _recursive, ...rest } = described;
  return renameMembers(rest);
}

/** Only what a schema names is renamed: free-form maps have no `properties`. */
function renameMembers(schema: Json): Json {
  // Only any JSON is described by itself, and inside the document its reference would lead nowhere.
  if ("$ref" in schema) return {};
  return Object.fromEntries(Object.entries(schema).map(([word, value]) => [word, renameWord(word, value)]));
}

function renameWord(word: string, value: unknown): unknown {
  if (word === "properties" && isJson(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        snakeCase(name),
        isJson(member) ? renameMembers(member) : member,
      ]),
    );
  }
  if (word === "required" && Array.isArray(value)) return value.map((name) => snakeCase(String(name)));
  if (["enum", "const", "default", "examples"].includes(word)) return value;
  if (Array.isArray(value)) return value.map((member) => (isJson(member) ? renameMembers(member) : member));
  return isJson(value) ? renameMembers(value) : value;
}

function isJson(value: unknown): value is Json {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** What pageOf becomes on the wire. */
export function wirePageSchema(items: Schema): Json {
  const pagination = {
    type: "object",
    required: ["per_page", "next_cursor", "has_next"],
    properties: {
      per_page: { type: "integer" },
      next_cursor: { type: ["string", "null"], description: "Send it as `cursor` for the next page." },
      has_next: { type: "boolean" },
    },
  };
  return {
    type: "object",
    required: ["items", "pagination"],
    properties: { items: toJsonSchema(items, "output"), pagination },
  };
}

const fieldError = {
  type: "object",
  required: ["field", "code", "params", "message"],
  properties: {
    field: { type: "string" },
    code: { type: "string" },
    params: { type: "object" },
    message: { type: "string" },
  },
};

/** The error body of every operation (spec §6). */
export const problemSchema: Json = {
  type: "object",
  required: ["code", "message", "params", "field_errors", "request_id"],
  properties: {
    code: { type: "string" },
    message: { type: "string" },
    params: { type: "object" },
    field_errors: { type: "array", items: fieldError },
    request_id: { type: "string" },
  },
};
