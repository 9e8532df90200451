import { Agent, request } from "undici";
import type { Dispatcher } from "undici";
import { guardedLookup, refusalOfOutsideAddress } from "./outside-address";
import type { FailureWord, OutsideFailure } from "./outside-failure";

export type FetchFailureReason =
  "address" | "certificate" | "redirect" | "too-large" | "timeout" | "unreachable" | "answer";

/** A call that brought no answer, or none that may be read; its message names the place and nothing that was sent. */
export class OutsideFetchFailure extends Error implements OutsideFailure {
  readonly kind: FailureWord;
  readonly reason: FetchFailureReason;

  constructor(kind: FailureWord, reason: FetchFailureReason, message: string) {
    super(message);
    this.name = "OutsideFetchFailure";
    this.kind = kind;
    this.reason = reason;
  }
}

export interface OutsideFetchLimits {
  /** The only authority trusted for this call, in PEM; without it, those that Node trusts. */
  caCertificate?: string | null;
  /** For the whole call, from the name's resolution to the last byte of the answer. */
  timeoutSeconds: number;
  bytesMax: number;
}

export interface OutsideRequest {
  method?: Dispatcher.HttpMethod;
  headers?: Record<string, string>;
  body?: string | Uint8Array | null;
  signal?: AbortSignal | null;
}

export type OutsideFetch = (address: string, wanted?: OutsideRequest) => Promise<Response>;

/** A fetch for addresses that somebody else chose: https only, guarded, bounded, without redirects, proxies or unpacking. */
export function outsideFetch(limits: OutsideFetchLimits): OutsideFetch {
  const agent = createAgent(limits);
  return async (address, wanted = {}) => {
    const origin = requireAddress(address);
    const timeout = AbortSignal.timeout(millisecondsOf(limits));
    const signal = wanted.signal ? AbortSignal.any([timeout, wanted.signal]) : timeout;
    try {
      const answer = await request(address, { ...sentParts(wanted), signal, dispatcher: agent });
      refuseRedirect(answer, origin);
      return asResponse(answer, await readBounded(answer, limits.bytesMax, origin));
    } catch (error) {
      throw asFetchFailure(error, origin);
    }
  };
}

/** Timers take whole numbers alone, and a share of a call's time is rarely one. */
function millisecondsOf({ timeoutSeconds }: OutsideFetchLimits): number {
  return Math.ceil(timeoutSeconds * 1000);
}

function createAgent(limits: OutsideFetchLimits): Agent {
  const timeoutMs = millisecondsOf(limits);
  return new Agent({
    // Without keep-alive no call meets a connection that the other side is about to close.
    pipelining: 0,
    allowH2: false,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: {
      ...(limits.caCertificate ? { ca: limits.caCertificate } : {}),
      rejectUnauthorized: true,
      lookup: guardedLookup,
      timeout: timeoutMs,
    },
  });
}

// An address written as digits is never looked up, so it is checked here and not when connecting.
function requireAddress(address: string): string {
  const refusal = refusalOfOutsideAddress(address, { query: true });
  if (refusal) throw new OutsideFetchFailure("rejected", "address", `an address is refused (${refusal})`);
  return new URL(address).origin;
}

function sentParts(wanted: OutsideRequest): Pick<Dispatcher.RequestOptions, "method" | "headers" | "body"> {
  return { method: wanted.method ?? "GET", headers: wanted.headers ?? {}, body: wanted.body ?? null };
}

function refuseRedirect(answer: Dispatcher.ResponseData, origin: string): void {
  if (answer.statusCode < 300 || answer.statusCode >= 400) return;
  // A body that is thrown away says so in an error, which nobody waits for.
  answer.body.once("error", () => undefined).destroy();
  throw new OutsideFetchFailure(
    "rejected",
    "redirect",
    `${origin} answers with a redirect, which is refused`,
  );
}

async function readBounded(
  answer: Dispatcher.ResponseData,
  bytesMax: number,
  origin: string,
): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer.body) {
    // A body read without an encoding comes as buffers.
    const chunk = part as Buffer;
    bytes += chunk.length;
    if (bytes > bytesMax) {
      throw new OutsideFetchFailure("rejected", "too-large", `${origin} answers more than ${bytesMax} bytes`);
    }
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

function asResponse(answer: Dispatcher.ResponseData, body: Buffer): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of Array.isArray(value) ? value : [value ?? ""]) headers.append(name, one);
  }
  const isWithoutBody = answer.statusCode === 204 || answer.statusCode === 205;
  return new Response(isWithoutBody ? null : new Uint8Array(body), { status: answer.statusCode, headers });
}

function asFetchFailure(error: unknown, origin: string): OutsideFetchFailure {
  if (error instanceof OutsideFetchFailure) return error;
  const words = wordsOf(error);
  if (words.includes("EADDRREFUSED")) {
    return new OutsideFetchFailure("rejected", "address", `${origin} leads to an address that is refused`);
  }
  if (/CERT|UNABLE_TO_|SELF_SIGNED|ERR_TLS|ERR_SSL|EPROTO/.test(words)) {
    return new OutsideFetchFailure("rejected", "certificate", `${origin} is not trusted (${words})`);
  }
  if (/Abort|Timeout|TIMEOUT|ETIMEDOUT/.test(words)) {
    return new OutsideFetchFailure("unavailable", "timeout", `${origin} does not answer in time`);
  }
  return new OutsideFetchFailure("unavailable", "unreachable", `${origin} cannot be reached (${words})`);
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const inner = error instanceof AggregateError ? error.errors.map(wordsOf) : [];
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return [code, ...inner].join(" ");
}
