import { z } from "zod";
import { AppError, type FieldError } from "@/lib/core/errors";
import type { Schema } from "./look-inside";
import type { FromWire } from "./wire-case";

type Issue = z.core.$ZodIssue;

/** Parses what came through a door; every problem becomes a field error with a code of the message room "errors". */
export function parseInput<S extends Schema>(schema: S, read: FromWire): z.output<S> {
  const parsed = z.safeParse(schema, read.value);
  const unknown = read.unknown.map((field) => ({ field, code: "unknown_field" }));
  const unstorable = fieldsWithNul(read.value, []);
  if (parsed.success && unknown.length === 0 && unstorable.length === 0) return parsed.data;
  const refused = parsed.success
    ? []
    : parsed.error.issues.flatMap((issue) => fieldErrorsOf(issue, read.value));
  const fields = [...unknown, ...unstorable, ...refused];
  const isUnknown = fields.some((field) => field.code === "unknown_field");
  throw new AppError(isUnknown ? "INVALID_REQUEST_FIELD" : "VALIDATION_FAILED", {}, fields);
}

/** PostgreSQL holds no NUL in a text, so no text may carry one in, whatever its schema. */
function fieldsWithNul(value: unknown, path: string[]): FieldError[] {
  if (typeof value === "string")
    return value.includes("\0") ? [{ field: path.join("."), code: "invalid" }] : [];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, member]) => fieldsWithNul(member, [...path, key]));
}

function fieldErrorsOf(issue: Issue, input: unknown): FieldError[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ field: [...path, key].join("."), code: "unknown_field" }));
  }
  return [{ field: path.join("."), ...codeOf(issue, isAbsent(issue.path, input)) }];
}

type Coded = Pick<FieldError, "code" | "params">;

function codeOf(issue: Issue, absent: boolean): Coded {
  // A schema may name its own code as the message of a check: z.string().regex(…, "invalid_name").
  if (/^[a-z][a-z0-9_]*$/.test(issue.message)) return { code: issue.message, ...paramsOf(issue) };
  switch (issue.code) {
    case "invalid_type":
      return absent ? { code: "required" } : { code: "invalid_type", params: { expected: issue.expected } };
    case "too_small":
      return tooSmall(issue);
    case "too_big":
      return tooBig(issue);
    case "invalid_format":
      return { code: "invalid_format", params: { format: issue.format } };
    case "invalid_value":
      return absent ? { code: "required" } : { code: "not_allowed", params: { allowed: issue.values } };
    case "not_multiple_of":
      return { code: "not_multiple_of", params: { step: issue.divisor } };
    default:
      return { code: "invalid", ...paramsOf(issue) };
  }
}

function isAbsent(path: readonly PropertyKey[], input: unknown): boolean {
  let member = input;
  for (const key of path) {
    if (member === null || typeof member !== "object") return true;
    member = Object.entries(member).find(([name]) => name === String(key))?.[1];
  }
  return member === undefined;
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): Coded {
  const params = { minimum: Number(issue.minimum) };
  if (issue.origin === "string")
    return params.minimum === 1 ? { code: "required" } : { code: "too_short", params };
  return { code: issue.origin === "array" ? "too_few" : "too_small", params };
}

function tooBig(issue: z.core.$ZodIssueTooBig): Coded {
  const params = { maximum: Number(issue.maximum) };
  if (issue.origin === "string") return { code: "too_long", params };
  return { code: issue.origin === "array" ? "too_many" : "too_large", params };
}

function paramsOf(issue: Issue): Pick<FieldError, "params"> {
  return issue.code === "custom" && issue.params !== undefined ? { params: issue.params } : {};
}
