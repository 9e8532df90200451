import type { z } from "zod";
import { db } from "@/lib/core/db";
import { openFor } from "@/lib/core/keyring";
import { envelope } from "@/lib/core/secrets";
import { keyringOf, secretBinding } from "./keep-secrets";
import { credentials, headers, type Credentials, type SecretName } from "./schema";

interface Kept {
  envelope: unknown;
}

/** The current callback secret and, while it still counts by the database's clock, the former. */
export async function openCallbackSecrets(deskId: string): Promise<string[]> {
  const rows = await db().$queryRaw<Kept[]>`
    SELECT envelope FROM external_callback_secrets
    WHERE external_system_id = ${deskId} AND (ends_at IS NULL OR ends_at > now())
    ORDER BY ends_at DESC NULLS FIRST LIMIT 5`;
  return openAll(deskId, "callback_secret", rows);
}

export interface PushSecrets {
  signingKeys: string[];
  headers: Record<string, string>;
  credentials: Credentials | null;
}

/** What the worker alone may read and open. */
export async function openSecrets(deskId: string): Promise<PushSecrets> {
  const rows = await db().$queryRaw<(Kept & { name: string })[]>`
    SELECT name, envelope FROM external_approval_secrets
    WHERE external_system_id = ${deskId} AND (ends_at IS NULL OR ends_at > now())
    ORDER BY ends_at DESC NULLS FIRST LIMIT 20`;
  const opened = (name: SecretName) =>
    openAll(
      deskId,
      name,
      rows.filter((row) => row.name === name),
    );
  const [signingKeys, [headerText], [credentialText]] = await Promise.all([
    opened("signing_key"),
    opened("headers"),
    opened("credentials"),
  ]);
  return {
    signingKeys,
    headers: headerText === undefined ? {} : headers.parse(JSON.parse(headerText)),
    credentials: credentialText === undefined ? null : credentials.parse(JSON.parse(credentialText)),
  };
}

function openAll(deskId: string, name: SecretName, rows: readonly Kept[]): Promise<string[]> {
  const binding = secretBinding(deskId, name);
  return Promise.all(rows.map((row) => openFor(keyringOf(name), envelope.parse(row.envelope), binding)));
}

/** Every text that must not stand in a log, however the desk gives it back. */
export function secretTexts({ signingKeys, headers: own, credentials: kept }: PushSecrets): string[] {
  const authorization = authorizationOf(kept);
  return [
    ...signingKeys,
    ...Object.values(own),
    ...(kept === null ? [] : [kept.kind === "basic" ? kept.password : kept.token]),
    ...(authorization === null ? [] : [authorization.split(" ")[1] ?? ""]),
  ].filter((text) => text.length >= 4);
}

export function authorizationOf(kept: z.output<typeof credentials> | null): string | null {
  if (kept === null) return null;
  if (kept.kind === "bearer") return `Bearer ${kept.token}`;
  return `Basic ${Buffer.from(`${kept.username}:${kept.password}`, "utf8").toString("base64")}`;
}
