import { createTranslator } from "next-intl";
import errors from "@/components/messages/en/errors.json";
import { isDatabaseUnavailable } from "@/lib/core/database-failures";
import { AppError } from "@/lib/core/errors";
import { logger } from "@/lib/core/logger";
import { wirePath, paramsToWire } from "./wire-case";
import type { Schema } from "./look-inside";

const databaseRetrySeconds = 2;

/** Whatever was thrown, as the one error people and clients meet; the unforeseen is logged whole and hidden. */
export function toAppError(error: unknown, requestId: string): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseUnavailable(error)) {
    logger("web").warn({ err: error, requestId }, "the database is away");
    return new AppError("DATABASE_UNAVAILABLE", { retryAfter: databaseRetrySeconds });
  }
  logger("web").error({ err: error, requestId }, "a request failed");
  return new AppError("INTERNAL_ERROR");
}

/** The error body of the API (spec §6). */
export function problemResponse(error: AppError, requestId: string, input?: Schema): Response {
  const body = {
    code: error.code,
    message: sentence(error.code, error.params),
    params: paramsToWire(toldParams(error)),
    field_errors: error.fields.map((field) => ({
      field: wireField(field.field, field.code, input),
      code: field.code,
      params: paramsToWire(field.params ?? {}),
      message: sentence(field.code, field.params ?? {}),
    })),
    request_id: requestId,
  };
  const headers = new Headers({ "x-request-id": requestId, "cache-control": "no-store" });
  const retryAfter = error.params["retryAfter"];
  if (typeof retryAfter === "number") headers.set("retry-after", String(Math.ceil(retryAfter)));
  return Response.json(body, { status: error.status, headers });
}

/** What is not there and what may not be seen are told in the same words, whatever the use case knows. */
export function toldParams(error: AppError): Record<string, unknown> {
  return error.status === 404 ? {} : error.params;
}

/** An unknown field already has the name the client gave it. */
function wireField(field: string, code: string, input: Schema | undefined): string {
  if (input === undefined || code === "unknown_field") return field;
  return wirePath(input, field.split(".")).join(".");
}

// The messages are data, so their keys are checked when they are looked up and not by their type.
const translate: { (code: string, params: Record<string, unknown>): string; has(code: string): boolean } =
  createTranslator({
    locale: "en",
    messages: { errors },
    namespace: "errors",
    onError: () => undefined,
  }) as never;

function sentence(code: string, params: Record<string, unknown>): string {
  if (!translate.has(code)) return code;
  const printable = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, print(value)]));
  const text = translate(code, printable);
  return text === `errors.${code}` ? code : text;
}

function print(value: unknown): string | number {
  if (typeof value === "string" || typeof value === "number") return value;
  if (Array.isArray(value)) return value.map(print).join(", ");
  return value !== null && typeof value === "object" ? JSON.stringify(value) : String(value ?? "–");
}
