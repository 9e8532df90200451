import { sealFor, type Keyring } from "@/lib/core/keyring";
import { newId } from "@/lib/core/ids";
import type { Envelope } from "@/lib/core/secrets";
import type { Tx } from "@/lib/core/transaction";
import type { CreateDesk, SecretName, UpdateDesk } from "./schema";

/** Bound to its desk and name, so that an envelope moved elsewhere does not open. */
export function secretBinding(deskId: string, name: SecretName): string {
  return `external_approval_system:${deskId}:${name}`;
}

/** What is pushed with opens in the worker alone, what callbacks are checked by in the web process (spec §0.9). */
export function keyringOf(name: SecretName): Keyring {
  return name === "callback_secret" ? "web" : "cluster";
}

/** Null: it is forgotten. */
export type SealedSecrets = Partial<Record<SecretName, Envelope | null>>;

/** Sealed before the transaction begins; what was not given stays as it is. */
export async function sealSecrets(
  deskId: string,
  given: Pick<CreateDesk | UpdateDesk, "signingKey" | "headers" | "credentials" | "callbackSecret">,
): Promise<SealedSecrets> {
  const texts: Record<SecretName, string | null | undefined> = {
    signing_key: given.signingKey,
    headers: asText(given.headers),
    credentials: asText(given.credentials),
    callback_secret: given.callbackSecret,
  };
  const sealed: SealedSecrets = {};
  // The keys are the table's own, written just above.
  for (const [name, text] of Object.entries(texts) as [SecretName, string | null | undefined][]) {
    if (text === null) sealed[name] = null;
    else if (text !== undefined) sealed[name] = await sealSecret(deskId, name, text);
  }
  return sealed;
}

export function sealSecret(deskId: string, name: SecretName, text: string): Promise<Envelope> {
  return sealFor(keyringOf(name), text, secretBinding(deskId, name));
}

function asText(value: object | null | undefined): string | null | undefined {
  return value === null || value === undefined ? value : JSON.stringify(value);
}

/** A step: each given secret takes the place of the current one at once. */
export async function keepSecrets(tx: Tx, deskId: string, sealed: SealedSecrets): Promise<SecretName[]> {
  // The keys are the table's own.
  const given = Object.entries(sealed) as [SecretName, Envelope | null][];
  for (const [name, envelope] of given) await replaceSecret(tx, { deskId, name, envelope, overlapHours: 0 });
  return given.map(([name]) => name);
}

/** A step: the former value counts beside the new one for that long, then no more. */
export async function replaceSecret(
  tx: Tx,
  replaced: { deskId: string; name: SecretName; envelope: Envelope | null; overlapHours: number },
): Promise<void> {
  const { deskId, name, envelope, overlapHours } = replaced;
  if (name === "callback_secret") {
    await tx.$executeRaw`DELETE FROM external_callback_secrets WHERE external_system_id = ${deskId}
      AND (ends_at IS NOT NULL OR ${overlapHours} = 0)`;
    await tx.$executeRaw`
      UPDATE external_callback_secrets SET ends_at = now() + make_interval(hours => ${overlapHours})
      WHERE external_system_id = ${deskId} AND ends_at IS NULL`;
  } else {
    await tx.$executeRaw`DELETE FROM external_approval_secrets WHERE external_system_id = ${deskId} AND name = ${name}
      AND (ends_at IS NOT NULL OR ${overlapHours} = 0)`;
    await tx.$executeRaw`
      UPDATE external_approval_secrets SET ends_at = now() + make_interval(hours => ${overlapHours})
      WHERE external_system_id = ${deskId} AND name = ${name} AND ends_at IS NULL`;
  }
  if (envelope === null) return;
  const row = { id: newId(), externalSystemId: deskId, envelope: { ...envelope } };
  if (name === "callback_secret") await tx.externalCallbackSecret.create({ data: row, select: { id: true } });
  else await tx.externalApprovalSecret.create({ data: { ...row, name }, select: { id: true } });
}
