import { z } from "zod";
import { openFor, sealFor } from "@/lib/core/keyring";
import type { Envelope } from "@/lib/core/secrets";
import type { Provider } from "./store";

const secretNames = ["clientSecret", "bindPassword"] as const;
type SecretName = (typeof secretNames)[number];
const shape = z
  .object({ clientSecret: z.string().nullable(), bindPassword: z.string().nullable() })
  .partial();
export type Secrets = z.output<typeof shape>;

export interface OpenedSecrets {
  clientSecret: string | null;
  bindPassword: string | null;
  kept: SecretName[];
}

/** What was sealed for this provider; it does not open for another. */
export async function openSecrets(provider: Pick<Provider, "id" | "sealed">): Promise<OpenedSecrets> {
  const opened = provider.sealed === null ? {} : await openSealed(provider.id, provider.sealed);
  const { clientSecret = null, bindPassword = null } = opened;
  const kept = namesOfSecrets(opened);
  return { clientSecret, bindPassword, kept };
}

async function openSealed(providerId: string, sealed: Envelope): Promise<Secrets> {
  return shape.parse(JSON.parse(await openFor("web", sealed, bindingOf(providerId))));
}

/** Null where there is nothing to keep. */
export async function sealSecrets(providerId: string, secrets: Secrets): Promise<Envelope | null> {
  const given = Object.entries(secrets).filter(([, value]) => value !== null && value !== undefined);
  if (given.length === 0) return null;
  return sealFor("web", JSON.stringify(Object.fromEntries(given)), bindingOf(providerId));
}

/** For records, which name what was given and never its value. */
export function namesOfSecrets(secrets: Secrets): SecretName[] {
  return secretNames.filter((name) => (secrets[name] ?? null) !== null);
}

function bindingOf(providerId: string): string {
  return `auth_provider:${providerId}`;
}
