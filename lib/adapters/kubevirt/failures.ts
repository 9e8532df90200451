import { z } from "zod";

/** unavailable: retry with backoff · conflict: read again · rejected: give up, show the words · gone: not there. */
export type FailureKind = "unavailable" | "conflict" | "rejected" | "gone";

export interface FailureCause {
  reason: string;
  message: string;
  field: string;
}

interface FailureFacts {
  status?: number | undefined;
  reason?: string | undefined;
  causes?: FailureCause[];
  retryAfterSeconds?: number | undefined;
  outcomeUnknown?: boolean;
}

/** What a cluster said, or failed to say, in the cluster's own words. */
export class ClusterFailure extends Error {
  readonly kind: FailureKind;
  readonly status?: number;
  readonly reason?: string;
  readonly causes: FailureCause[];
  readonly retryAfterSeconds?: number;
  /** A write was sent and its answer was lost: read by name before trying again. */
  readonly outcomeUnknown: boolean;

  constructor(kind: FailureKind, message: string, facts: FailureFacts = {}) {
    super(cleanText(message, messageLengthMax));
    this.name = "ClusterFailure";
    this.kind = kind;
    if (facts.status !== undefined) this.status = facts.status;
    if (facts.reason !== undefined) this.reason = facts.reason;
    if (facts.retryAfterSeconds !== undefined) this.retryAfterSeconds = facts.retryAfterSeconds;
    this.causes = facts.causes ?? [];
    this.outcomeUnknown = facts.outcomeUnknown ?? false;
  }
}

const messageLengthMax = 2_000;
const causesMax = 20;
const retryAfterSecondsMax = 300;

export interface FailedAnswer {
  status: number;
  body: string;
  isWrite: boolean;
  retryAfter?: string | undefined;
}

/** An HTTP answer outside 2xx, as a failure. */
export function failureFromAnswer(answer: FailedAnswer): ClusterFailure {
  const said = readStatus(answer.body);
  const message = said?.message ?? plainText(answer);
  const isServed = answer.status !== 404 || said?.reason === "NotFound";
  const kind = isServed ? kindOfStatus(answer.status, message) : "unavailable";
  return new ClusterFailure(kind, message, {
    status: answer.status,
    reason: said?.reason ?? reasonOfStatus(answer.status),
    causes: said?.details?.causes ?? [],
    retryAfterSeconds: readRetryAfter(answer.retryAfter) ?? said?.details?.retryAfterSeconds,
    outcomeUnknown: answer.isWrite && isOutcomeUnknown(answer.status, message, said !== null),
  });
}

/** A Status object that arrived inside a watch stream, as a failure. */
export function failureFromStatus(object: unknown): ClusterFailure {
  const said = statusSchema.safeParse(object);
  const status = (said.success ? said.data.code : undefined) ?? 500;
  return failureFromAnswer({ status, body: JSON.stringify(object), isWrite: false });
}

/** A socket, TLS or name failure: nothing was answered. */
export function failureFromSocket(
  error: Error & { code?: string | undefined },
  sent: { isWrite: boolean; reachedCluster: boolean },
): ClusterFailure {
  if (error instanceof ClusterFailure) return error;
  const reason = error.code ?? error.name;
  return new ClusterFailure("unavailable", error.message || reason, {
    reason,
    outcomeUnknown: sent.isWrite && sent.reachedCluster,
  });
}

const cause = z.object({
  reason: z.string().max(200).catch(""),
  message: z
    .string()
    .catch("")
    .transform((text) => cleanText(text, messageLengthMax)),
  field: z.string().max(1_000).catch(""),
});

const statusSchema = z.object({
  kind: z.literal("Status"),
  message: z.string().optional().catch(undefined),
  reason: z.string().max(200).optional().catch(undefined),
  code: z.number().int().min(100).max(599).optional().catch(undefined),
  details: z
    .object({
      causes: z
        .array(z.unknown())
        .transform((list) => list.slice(0, causesMax).flatMap((one) => cause.safeParse(one).data ?? []))
        .optional()
        .catch(undefined),
      retryAfterSeconds: z.number().min(0).max(retryAfterSecondsMax).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

function readStatus(body: string): z.output<typeof statusSchema> | null {
  try {
    return statusSchema.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

// Without a Status, a 404 speaks of the path: the API is not served here, which says nothing about the object.
function reasonOfStatus(status: number): string | undefined {
  if (status === 404) return "NotServed";
  return isRedirect(status) ? "Redirect" : undefined;
}

function plainText(answer: FailedAnswer): string {
  if (isRedirect(answer.status))
    return `the cluster answered with a redirect (${answer.status}), which is not followed`;
  const text = answer.body.trim();
  return text === "" ? `the cluster answered ${answer.status} without a word` : text;
}

function kindOfStatus(status: number, message: string): FailureKind {
  if (status === 404) return "gone";
  if (status === 409 || status === 410) return "conflict";
  if (status === 408 || status === 429) return "unavailable";
  if (status === 500 && isRefusedWith500(message)) return "rejected";
  return status >= 500 ? "unavailable" : "rejected";
}

// KubeVirt and server-side apply report a wrong object as 500; only a webhook that could not be called is worth a retry.
function isRefusedWith500(message: string): boolean {
  if (message.includes("failed calling webhook")) return false;
  return message.includes("failed to create typed patch object") || message.includes("denied the request");
}

function isOutcomeUnknown(status: number, message: string, isStatusObject: boolean): boolean {
  if (status === 500) return !isRefusedWith500(message) && !message.includes("failed calling webhook");
  // A 503 in the API server's own form is a refusal; in any other form some proxy on the way may have lost the answer.
  if (status === 503) return !isStatusObject;
  return status === 502 || status === 504;
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function readRetryAfter(header: string | undefined): number | undefined {
  if (header === undefined || header === "") return undefined;
  const seconds = /^\d{1,6}$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  if (!Number.isFinite(seconds)) return undefined;
  return Math.min(Math.max(Math.ceil(seconds), 0), retryAfterSecondsMax);
}

/** Text from a cluster, cut to length and whole, with what could not be shown on one screen taken out. */
export function cleanText(text: string, lengthMax: number): string {
  const shown = text
    .slice(0, lengthMax * 2)
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
  return (shown.length > lengthMax ? `${shown.slice(0, lengthMax - 1)}…` : shown).toWellFormed();
}
