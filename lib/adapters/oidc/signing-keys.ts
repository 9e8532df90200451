import { createLocalJWKSet, errors } from "jose";
import type { JSONWebKeySet, JWTVerifyGetKey } from "jose";
import { z } from "zod";
import type { OutsideFetch } from "@/lib/core/outside-fetch";
import { OidcRefusal } from "./oidc-refusal";

/** A provider's public keys, downloaded when first needed. */
export interface SigningKeys {
  /** The one key for a token's header; for an unknown key id the set is downloaded again, a few times a minute at most. */
  find: JWTVerifyGetKey;
  count(): Promise<number>;
}

interface KnownKeys {
  find: JWTVerifyGetKey;
  count: number;
  until: number;
}

const keptMs = 5 * 60 * 1000;
const extraDownloadsPerMinuteMax = 5;

export function createSigningKeys(fetch: OutsideFetch, address: string): SigningKeys {
  let known: KnownKeys | null = null;
  let downloading: Promise<KnownKeys> | null = null;
  const extraDownloads: number[] = [];

  const download = (): Promise<KnownKeys> => {
    downloading ??= downloadKeys(fetch, address)
      .then((keys) => (known = keys))
      .finally(() => (downloading = null));
    return downloading;
  };
  const current = async (): Promise<KnownKeys> =>
    known && known.until > performance.now() ? known : download();

  return {
    count: async () => (await current()).count,
    find: async (header, token) => {
      const keys = await current();
      try {
        return await keys.find(header, token);
      } catch (error) {
        if (!(error instanceof errors.JWKSNoMatchingKey) || !mayDownload(extraDownloads)) throw error;
        return (await download()).find(header, token);
      }
    },
  };
}

// Anybody may send a logout token with an invented key id, and none of them may make us call the provider at will.
function mayDownload(extraDownloads: number[]): boolean {
  const now = performance.now();
  while (extraDownloads[0] !== undefined && extraDownloads[0] < now - 60_000) extraDownloads.shift();
  if (extraDownloads.length >= extraDownloadsPerMinuteMax) return false;
  extraDownloads.push(now);
  return true;
}

async function downloadKeys(fetch: OutsideFetch, address: string): Promise<KnownKeys> {
  const answer = await fetch(address, { headers: { accept: "application/json, application/jwk-set+json" } });
  if (answer.status !== 200)
    throw new OidcRefusal("key-set", `the provider's key set answers ${answer.status}`);
  const set = readKeySet(await answer.json());
  return { find: createLocalJWKSet(set), count: set.keys.length, until: performance.now() + keptMs };
}

const keysMax = 100;
const keySet = z.object({
  keys: z
    .array(z.looseObject({ kty: z.string() }))
    .min(1)
    .max(keysMax),
});
const privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

function readKeySet(raw: unknown): JSONWebKeySet {
  const read = keySet.safeParse(raw);
  if (!read.success)
    throw new OidcRefusal("key-set", `the provider's key set is not one of 1 to ${keysMax} keys`);
  if (read.data.keys.some((key) => privateMembers.some((member) => Object.hasOwn(key, member)))) {
    throw new OidcRefusal("key-set", "the provider publishes a key that has to be private");
  }
  return read.data;
}
