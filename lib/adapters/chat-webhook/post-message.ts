import type { FailureWord, OutsideFailure } from "@/lib/core/outside-failure";
import { outsideFetch } from "@/lib/core/outside-fetch";
import { signatureOf } from "./signature";

export interface WebhookPlace {
  address: string;
  caCertificate: string | null;
  /** The newest first; a key that was rotated signs beside it until its time is over. */
  signingKeys: string[];
}

export interface WebhookMessage {
  deliveryId: string;
  body: object;
  sentAt: Date;
}

const timeoutSeconds = 15;
const answerBytesMax = 64 * 1024;

/** A place that did not take a message. Its answer's body is read by nobody, because the address is somebody's choice. */
class WebhookFailure extends Error implements OutsideFailure {
  readonly kind: FailureWord;
  readonly responseCode: number;
  readonly retryAfterSeconds?: number;

  constructor(kind: FailureWord, responseCode: number, retryAfterSeconds?: number) {
    super(`the address answers ${responseCode}`);
    this.name = "WebhookFailure";
    this.kind = kind;
    this.responseCode = responseCode;
    if (retryAfterSeconds !== undefined) this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Posts once.
 * @returns the status of the answer
 * @throws WebhookFailure, OutsideFetchFailure
 */
export async function postMessage(place: WebhookPlace, message: WebhookMessage): Promise<number> {
  const body = JSON.stringify(message.body);
  const call = outsideFetch({ caCertificate: place.caCertificate, timeoutSeconds, bytesMax: answerBytesMax });
  const answer = await call(place.address, {
    method: "POST",
    headers: headersOf(place, message, body),
    body,
  });
  if (answer.status >= 200 && answer.status < 300) return answer.status;
  throw failureOf(answer.status, answer.headers.get("retry-after"));
}

function headersOf(place: WebhookPlace, message: WebhookMessage, body: string): Record<string, string> {
  const timestamp = String(Math.floor(message.sentAt.getTime() / 1000));
  const [newest, former] = place.signingKeys.map((key) =>
    signatureOf(key, { method: "POST", address: place.address, timestamp, body }),
  );
  return {
    "content-type": "application/json; charset=utf-8",
    "user-agent": "Shepherd",
    "x-shepherd-delivery": message.deliveryId,
    "x-shepherd-timestamp": timestamp,
    ...(newest === undefined ? {} : { "x-signature-256": newest }),
    ...(former === undefined ? {} : { "x-signature-256-previous": former }),
  };
}

function failureOf(status: number, retryAfter: string | null): WebhookFailure {
  const passes = status >= 500 || [408, 425, 429].includes(status);
  if (!passes) return new WebhookFailure(status === 404 || status === 410 ? "gone" : "rejected", status);
  const seconds = Number(retryAfter ?? Number.NaN);
  const isPlausible = Number.isFinite(seconds) && seconds >= 0 && retryAfter?.trim() !== "";
  return isPlausible
    ? new WebhookFailure("unavailable", status, Math.min(seconds, 3_600))
    : new WebhookFailure("unavailable", status);
}
