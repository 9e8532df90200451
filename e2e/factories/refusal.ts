import { AppError } from "@/lib/core/errors";

/** A refusal in one line, for comparing: its code and the fields with theirs; anything else as it was thrown. */
export function refusalOf(error: unknown): unknown {
  if (!(error instanceof AppError)) return error;
  return [error.code, ...error.fields.map(({ field, code }) => `${field}:${code}`)].join(" ");
}
