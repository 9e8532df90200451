import type { Json, JsonObject } from "./json";

export interface Cause {
  reason: string;
  message: string;
  field?: string;
}

interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: Cause[];
  retryAfterSeconds?: number;
}

interface FailureFacts {
  code: number;
  reason?: string | undefined;
  message: string;
  details?: StatusDetails | undefined;
  headers?: Record<string, string> | undefined;
  /** A whole object to answer with instead of a Status made from the facts above. */
  metadata?: JsonObject | undefined;
  plainText?: boolean;
}

/** Anything the API server answers that is not success. */
export class Failure extends Error {
  readonly facts: FailureFacts;

  constructor(facts: FailureFacts) {
    super(facts.message);
    this.facts = facts;
  }

  get status(): JsonObject {
    const { code, reason, message, details, metadata } = this.facts;
    return {
      kind: "Status",
      apiVersion: "v1",
      metadata: metadata ?? {},
      status: "Failure",
      message,
      ...(reason !== undefined && { reason }),
      ...(details !== undefined && { details: asJsonObject(details) }),
      code,
    };
  }
}

// Details hold only strings, numbers and causes, all of which are JSON.
function asJsonObject(details: StatusDetails): JsonObject {
  return details as { [key: string]: Json };
}

interface Target {
  resource: string;
  group: string;
  name: string;
}

function detailsOf(target: Target, more: StatusDetails = {}): StatusDetails {
  return {
    name: target.name,
    ...(target.group !== "" && { group: target.group }),
    kind: target.resource,
    ...more,
  };
}

function qualified(target: Pick<Target, "resource" | "group">): string {
  return target.group === "" ? target.resource : `${target.resource}.${target.group}`;
}

export function notFound(target: Target): Failure {
  const message = `${qualified(target)} "${target.name}" not found`;
  return new Failure({ code: 404, reason: "NotFound", message, details: detailsOf(target) });
}

export function noSuchPath(): Failure {
  const message = "the server could not find the requested resource";
  return new Failure({ code: 404, reason: "NotFound", message, details: {} });
}

export function alreadyExists(target: Target): Failure {
  const message = `${qualified(target)} "${target.name}" already exists`;
  return new Failure({ code: 409, reason: "AlreadyExists", message, details: detailsOf(target) });
}

export function conflict(target: Target, cause: string, causes?: Cause[]): Failure {
  const message = `Operation cannot be fulfilled on ${qualified(target)} "${target.name}": ${cause}`;
  return new Failure({
    code: 409,
    reason: "Conflict",
    message,
    details: detailsOf(target, causes ? { causes } : {}),
  });
}

/** 422 with the apiserver's own text: one error plain, several in brackets. */
export function invalid(target: Target & { kind: string }, causes: Cause[]): Failure {
  const lines = causes.map((cause) => (cause.field ? `${cause.field}: ${cause.message}` : cause.message));
  const subject = target.group === "" ? target.kind : `${target.kind}.${target.group}`;
  const text = lines.length === 1 ? lines[0] : `[${lines.join(", ")}]`;
  return new Failure({
    code: 422,
    reason: "Invalid",
    message: `${subject} "${target.name}" is invalid: ${text}`,
    details: detailsOf({ ...target, resource: target.kind }, { causes }),
  });
}

export function badRequest(message: string): Failure {
  return new Failure({ code: 400, reason: "BadRequest", message });
}

export function internalError(message: string): Failure {
  const causes = [{ reason: "", message }];
  return new Failure({
    code: 500,
    reason: "InternalError",
    message: `Internal error occurred: ${message}`,
    details: { causes: causes.map(({ message: text }) => ({ reason: "InternalError", message: text })) },
  });
}

export function unauthorized(): Failure {
  return new Failure({ code: 401, reason: "Unauthorized", message: "Unauthorized" });
}

export function methodNotAllowed(): Failure {
  const message = "the server does not allow this method on the requested resource";
  return new Failure({ code: 405, reason: "MethodNotAllowed", message, details: {} });
}

export function unsupportedMediaType(accepted: string[]): Failure {
  const message = `the body of the request was in an unknown format - accepted media types include: ${accepted.join(", ")}`;
  return new Failure({ code: 415, reason: "UnsupportedMediaType", message });
}

export function expired(message: string, metadata?: JsonObject): Failure {
  return new Failure({ code: 410, reason: "Expired", message, metadata });
}

export function tooLargeResourceVersion(wanted: number, current: number): Failure {
  const cause = { reason: "ResourceVersionTooLarge", message: "Too large resource version" };
  return new Failure({
    code: 504,
    reason: "Timeout",
    message: `Timeout: Too large resource version: ${wanted}, current: ${current}`,
    details: { causes: [cause], retryAfterSeconds: 1 },
    headers: { "retry-after": "1" },
  });
}

export function plainFailure(code: number, message: string): Failure {
  return new Failure({ code, message, plainText: true });
}
