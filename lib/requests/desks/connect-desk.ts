import { jiraDesk } from "@/lib/adapters/jira/jira-desk";
import { serviceNowDesk } from "@/lib/adapters/servicenow/service-now-desk";
import { webhookDesk } from "@/lib/adapters/approval-webhook/webhook-desk";
import { OutsideFetchFailure, outsideFetch } from "@/lib/core/outside-fetch";
import type { Desk, DeskCall } from "@/lib/vocabulary/approval-desks";
import { authorizationOf, openSecrets, secretTexts, type PushSecrets } from "./open-secrets";
import { meaningOf } from "./rules";
import type { DeskSettings } from "./store";

/** What was last said to the desk and by it, as the log may show it. */
export interface Exchange {
  statusCode: number | null;
  durationMs: number;
  requestBody: string | null;
  responseExcerpt: string | null;
  error: string | null;
}

export interface ConnectedDesk {
  desk: Desk;
  exchange: () => Exchange;
}

const bytesMax = 256 * 1024;
const excerptMax = 2_000;

/** The desk as its wall speaks to it, with its secrets opened: in the worker alone. */
export async function connectDesk(
  settings: DeskSettings,
  limits: { timeoutSeconds: number } = settings,
): Promise<ConnectedDesk> {
  const secrets = await openSecrets(settings.id);
  const { call, exchange } = recordedCall(settings, limits.timeoutSeconds, secretTexts(secrets));
  return { desk: deskOf(call, settings, secrets), exchange };
}

function deskOf(call: DeskCall, settings: DeskSettings, secrets: PushSecrets): Desk {
  const { webhookUrl: url, statusMapping } = settings;
  const common = {
    url,
    headers: secrets.headers,
    authorization: authorizationOf(secrets.credentials),
    meaningOf: (word: string) => meaningOf(settings.settings.type, statusMapping, word),
  };
  switch (settings.settings.type) {
    case "webhook": {
      const { authorization, ...rest } = common;
      const headers = authorization === null ? rest.headers : { ...rest.headers, authorization };
      const { statusUrl } = settings.settings.config;
      const now = () => new Date();
      return webhookDesk(call, { ...rest, headers, signingKeys: secrets.signingKeys, statusUrl, now });
    }
    case "servicenow":
      return serviceNowDesk(call, { ...common, ...settings.settings.config });
    case "jira":
      return jiraDesk(call, { ...common, ...settings.settings.config });
  }
}

/** Guarded, bounded, and remembered without what is secret. An overloaded desk is an outage, not an answer. */
function recordedCall(
  { caCertificate }: DeskSettings,
  timeoutSeconds: number,
  secrets: readonly string[],
): { call: DeskCall; exchange: () => Exchange } {
  const fetch = outsideFetch({ caCertificate, timeoutSeconds, bytesMax });
  const begun = performance.now();
  let last: Omit<Exchange, "durationMs"> = silence;
  const call: DeskCall = async ({ method, url, headers, body }) => {
    last = { ...silence, requestBody: body === undefined ? null : excerptOf(body, secrets) };
    try {
      const answer = await fetch(url, {
        method,
        ...(headers === undefined ? {} : { headers }),
        body: body ?? null,
      });
      const text = await answer.text();
      last = { ...last, statusCode: answer.status, responseExcerpt: excerptOf(text, secrets) };
      refuseOutage(answer.status, url);
      return { status: answer.status, text };
    } catch (error) {
      last = { ...last, error: error instanceof Error ? error.message : "unknown" };
      throw error;
    }
  };
  return { call, exchange: () => ({ ...last, durationMs: Math.round(performance.now() - begun) }) };
}

const silence = { statusCode: null, requestBody: null, responseExcerpt: null, error: null };

function refuseOutage(status: number, url: string): void {
  if (status < 500 && status !== 408 && status !== 429) return;
  throw new OutsideFetchFailure("unavailable", "answer", `${new URL(url).origin} answers ${status}`);
}

function excerptOf(text: string, secrets: readonly string[]): string {
  const clean = secrets.reduce((shown, secret) => shown.replaceAll(secret, "[REDACTED]"), text);
  // PostgreSQL's text knows no NUL, and half a pair is no character.
  return clean.replaceAll("\0", "").slice(0, excerptMax).toWellFormed();
}
