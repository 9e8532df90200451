import { errorStatus, type ErrorCode } from "@/lib/vocabulary/error-codes";

/** One refused input field: where, which code, and the facts for its sentence. */
export interface FieldError {
  field: string;
  code: string;
  params?: Record<string, unknown>;
}

/** The only error that crosses a door on purpose; anything else becomes INTERNAL_ERROR there. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly params: Record<string, unknown>;
  readonly fields: FieldError[];

  constructor(code: ErrorCode, params: Record<string, unknown> = {}, fields: FieldError[] = []) {
    super(code);
    this.name = "AppError";
    this.code = code;
    this.params = params;
    this.fields = fields;
  }

  get status(): number {
    return errorStatus[this.code];
  }
}

/** A refused field as an error of its own. */
export function fieldRefused(field: string, code: string, params: Record<string, unknown> = {}): AppError {
  return new AppError("VALIDATION_FAILED", {}, [{ field, code, params }]);
}

/** Closes a switch over a union: a forgotten member does not compile. */
export function assertNever(value: never): never {
  throw new Error(`unexpected member ${JSON.stringify(value)}`);
}
