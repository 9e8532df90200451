import { createHash, randomBytes } from "node:crypto";
import { Prisma } from "@/prisma/generated/client";
import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { openFor, sealFor } from "@/lib/core/keyring";
import { envelope } from "@/lib/core/secrets";
import type { Tx } from "@/lib/core/transaction";
import { flowCookieName, flowSeconds } from "./rules";

export interface Flow {
  id: string;
  providerId: string;
  purpose: "sign_in" | "sample";
  startedBy: string | null;
  nonce: string | null;
  samlRequestId: string | null;
  returnTo: string;
  /** What the flow keeps sealed: PKCE's verifier, or who a SAML response was about until its browser comes for it. */
  sealed: unknown;
}

export interface NewFlow {
  providerId: string;
  purpose: Flow["purpose"];
  startedBy: string | null;
  returnTo: string;
}

export interface BegunFlow {
  state: string;
  nonce: string;
  codeVerifier: string;
  samlRequestId: string;
  cookie: { name: string; value: string };
}

/** A try to sign in, known from outside only by its random state and by the browser's random cookie. */
export async function beginFlow(now: Date, flow: NewFlow): Promise<BegunFlow> {
  const [state, nonce, codeVerifier, browser] = [randomText(), randomText(), randomText(), randomText()];
  const samlRequestId = `_${randomBytes(20).toString("hex")}`;
  const id = flowIdOf(state);
  await db().authFlowState.create({
    data: {
      ...flow,
      ...{ id, nonce, samlRequestId },
      browserHash: hashText(browser),
      codeVerifier: toJson(await sealFor("web", codeVerifier, bindingOf(id))),
      expiresAt: new Date(now.getTime() + flowSeconds * 1000),
    },
    select: { id: true },
  });
  return { state, nonce, codeVerifier, samlRequestId, cookie: { name: cookieNameOf(state), value: browser } };
}

export function cookieNameOf(state: string): string {
  return flowCookieName(flowIdOf(state), publicBaseUrl().protocol === "https:");
}

interface Presented {
  providerId: string;
  state: string;
  /** The browser's cookie for this flow. */
  browser: string | null;
}

/**
 * Uses the try up: once, by the browser that began it, at the provider it was begun for, in time. Whoever comes with
 * anything else leaves it as it is for its owner.
 */
export async function consumeFlow(
  now: Date,
  { providerId, state, browser }: Presented,
): Promise<Flow | null> {
  const rows = await db().$queryRaw<Flow[]>`
    UPDATE auth_flow_states SET consumed_at = ${now}::timestamptz
    WHERE id = ${flowIdOf(state)} AND provider_id = ${providerId} AND consumed_at IS NULL
      AND expires_at > ${now}::timestamptz AND browser_hash = ${hashText(browser ?? "")}
    RETURNING ${flowColumns}`;
  return rows[0] ?? null;
}

/** A SAML response comes by a form of the other site, without the browser's cookie: it is only set down for its owner. */
export async function findAnswerableFlow(
  now: Date,
  { providerId, state }: { providerId: string; state: string },
): Promise<Flow | null> {
  const rows = await db().$queryRaw<Flow[]>`
    SELECT ${flowColumns} FROM auth_flow_states
    WHERE id = ${flowIdOf(state)} AND provider_id = ${providerId} AND consumed_at IS NULL AND nonce IS NOT NULL
      AND expires_at > ${now}::timestamptz`;
  return rows[0] ?? null;
}

/** @returns false where an answer was set down already */
export async function setDownAnswer(
  tx: Tx,
  flowId: string,
  sealed: Prisma.InputJsonObject,
): Promise<boolean> {
  // The nonce is what is taken away by the first answer, so that a second finds nothing to answer.
  const updated = await tx.authFlowState.updateMany({
    where: { id: flowId, consumedAt: null, nonce: { not: null } },
    data: { codeVerifier: sealed, nonce: null },
  });
  return updated.count === 1;
}

export async function sealForFlow(flowId: string, text: string): Promise<Prisma.InputJsonObject> {
  return toJson(await sealFor("web", text, bindingOf(flowId)));
}

export function openFlow(flow: Flow): Promise<string> {
  return openFor("web", envelope.parse(flow.sealed), bindingOf(flow.id));
}

/** @returns false where the provider's word was accepted before */
export async function rememberWord(
  tx: Tx,
  word: { providerId: string; key: string; expiresAt: Date },
): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    INSERT INTO auth_replay_entries (provider_id, key, expires_at)
    VALUES (${word.providerId}, ${hashText(word.key)}, ${word.expiresAt}::timestamptz) ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

const flowColumns = Prisma.sql`
  id, provider_id AS "providerId", purpose, started_by AS "startedBy", nonce, saml_request_id AS "samlRequestId",
  return_to AS "returnTo", code_verifier AS sealed`;

function randomText(): string {
  return randomBytes(32).toString("base64url");
}

function flowIdOf(state: string): string {
  return hashText(`flow:${state}`);
}

function hashText(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function bindingOf(flowId: string): string {
  return `auth_flow:${flowId}`;
}

/** An envelope holds texts and numbers only. */
function toJson(value: object): Prisma.InputJsonObject {
  return value as Prisma.InputJsonObject;
}
