import { db } from "./db";
import { env } from "./env";
import { openingKey, open, parseKeyMaterial, seal, type Envelope, type OpeningKey } from "./secrets";

/** `cluster` opens cluster credentials (worker, console); `web` signs sessions and opens sign-in secrets. */
export type Keyring = "cluster" | "web";

/** Seals with the keyring's published half; works in every process. */
export async function sealFor(keyring: Keyring, plaintext: string, binding: string): Promise<Envelope> {
  const key = await db().encryptionKey.findFirstOrThrow({
    where: { keyring, status: "active" },
    orderBy: { version: "desc" },
    select: { version: true, publicKey: true },
  });
  return seal(key, plaintext, binding);
}

/** Opens what was sealed for the keyring; fails in a process that may not read its master key. */
export async function openFor(keyring: Keyring, sealed: Envelope, binding: string): Promise<string> {
  return open(await privateKeyOf(keyring, sealed.key_version), sealed, binding);
}

const opened = new Map<string, OpeningKey>();

async function privateKeyOf(keyring: Keyring, version: number): Promise<OpeningKey> {
  const known = opened.get(`${keyring}/${version}`);
  if (known !== undefined) return known;
  const key = openingKey(await masterKey(keyring), version);
  opened.set(`${keyring}/${version}`, key);
  return key;
}

/** The name under which each keyring's master key stands in the environment and in system_secrets. */
export const masterKeyNames = { cluster: "ENCRYPTION_KEY", web: "SESSION_SECRET" } as const;

const masterKeys = new Map<Keyring, Promise<Buffer>>();

/** Environment first, else what the database's first start made (spec §9); read once per process. */
export function masterKey(keyring: Keyring): Promise<Buffer> {
  const known = masterKeys.get(keyring);
  if (known !== undefined) return known;
  const reading = readMasterKey(keyring);
  masterKeys.set(keyring, reading);
  // A reading that failed is tried again.
  reading.catch(() => masterKeys.delete(keyring));
  return reading;
}

async function readMasterKey(keyring: Keyring): Promise<Buffer> {
  const keyName = masterKeyNames[keyring];
  const fromEnvironment = env()[keyName];
  if (fromEnvironment !== undefined) return parseKeyMaterial(keyName, fromEnvironment);
  const row = await db().systemSecret.findUnique({ where: { keyName }, select: { keyValue: true } });
  if (row === null) throw new Error(`this process may not read ${keyName}, or the database was never seeded`);
  return parseKeyMaterial(keyName, row.keyValue);
}
