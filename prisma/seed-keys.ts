import { randomBytes } from "node:crypto";
import type { ClientBase } from "pg";
import { masterKeyNames, type Keyring } from "@/lib/core/keyring";
import { openingKey, parseKeyMaterial, publicHalf } from "@/lib/core/secrets";

const firstVersion = 1;

/** A master key per keyring, made here unless the environment gives it, and its public half for whoever seals. */
export async function seedKeys(client: ClientBase): Promise<void> {
  await seedKeyring(client, "cluster");
  await seedKeyring(client, "web");
}

async function seedKeyring(client: ClientBase, keyring: Keyring): Promise<void> {
  const key = publicHalf(openingKey(await readOrMakeMasterKey(client, keyring), firstVersion));
  await client.query(
    `INSERT INTO encryption_keys (keyring, version, public_key) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [keyring, firstVersion, key],
  );
  const { rows } = await client.query<{ public_key: string }>(
    `SELECT public_key FROM encryption_keys WHERE keyring = $1 AND version = $2`,
    [keyring, firstVersion],
  );
  // What was sealed before would be lost: another key needs re-encryption, never silent replacement.
  if (rows[0]?.public_key !== key)
    throw new Error(`${masterKeyNames[keyring]} is not the key this database was set up with`);
}

async function readOrMakeMasterKey(client: ClientBase, keyring: Keyring): Promise<Buffer> {
  const name = masterKeyNames[keyring];
  const given = process.env[name];
  if (given) return parseKeyMaterial(name, given);
  await client.query(
    `INSERT INTO system_secrets (key_name, keyring, key_value) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [name, keyring, randomBytes(32).toString("base64")],
  );
  const { rows } = await client.query<{ key_value: string }>(
    `SELECT key_value FROM system_secrets WHERE key_name = $1`,
    [name],
  );
  return parseKeyMaterial(name, rows[0]?.key_value ?? "");
}
