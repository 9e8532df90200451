import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from "node:crypto";
import { z } from "zod";

/**
 * A value only the holder of a keyring's private half can open (spec §2 "enc"): AES-256-GCM under a key agreed by
 * X25519 with a throw-away key, so that the web process can seal a credential it cannot read.
 */
export const envelope = z.strictObject({
  alg: z.literal("X25519-A256GCM"),
  key_version: z.number().int(),
  sender: z.string(),
  nonce: z.string(),
  ciphertext: z.string(),
  tag: z.string(),
});
export type Envelope = z.output<typeof envelope>;

export interface SealingKey {
  version: number;
  /** X25519, SPKI DER, base64. */
  publicKey: string;
}

export interface OpeningKey {
  version: number;
  privateKey: KeyObject;
}

const keyBytes = 32;
/** The fixed head of a PKCS#8 X25519 key; the 32 secret bytes follow. */
const pkcs8Head = Buffer.from("302e020100300506032b656e04220420", "hex");

/** Hex or base64 of exactly 32 bytes; anything else stops the start (spec §9). */
export function parseKeyMaterial(name: string, text: string): Buffer {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64");
  if (bytes.length !== keyBytes) throw new Error(`${name} must be 32 bytes in hex or base64`);
  return bytes;
}

/** The keyring's pair follows from its master key, so that nothing else need be stored. */
export function openingKey(masterKey: Buffer, version: number): OpeningKey {
  const secret = hkdfSync("sha256", masterKey, "", `shepherd keyring v${version}`, keyBytes);
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Head, Buffer.from(secret)]),
    format: "der",
    type: "pkcs8",
  });
  return { version, privateKey };
}

export function publicHalf(key: OpeningKey): string {
  return createPublicKey(key.privateKey).export({ format: "der", type: "spki" }).toString("base64");
}

/** @param binding what the value belongs to, such as `cluster:<id>`; an envelope moved elsewhere does not open */
export function seal(key: SealingKey, plaintext: string, binding: string): Envelope {
  const recipient = createPublicKey({
    key: Buffer.from(key.publicKey, "base64"),
    format: "der",
    type: "spki",
  });
  const sender = generateKeyPairSync("x25519");
  const senderPublic = sender.publicKey.export({ format: "der", type: "spki" });
  const contentKey = agreeOnKey(sender.privateKey, recipient, senderPublic);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", contentKey, nonce);
  cipher.setAAD(authenticated(binding, key.version));
  const ciphertext = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
  return {
    alg: "X25519-A256GCM",
    key_version: key.version,
    sender: senderPublic.toString("base64"),
    nonce: nonce.toString("base64"),
    ciphertext: ciphertext.toString("base64"),
    tag: cipher.getAuthTag().toString("base64"),
  };
}

/** Throws when a bit was flipped, the envelope was moved, or the key is another. */
export function open(key: OpeningKey, sealed: Envelope, binding: string): string {
  const senderPublic = Buffer.from(sealed.sender, "base64");
  const sender = createPublicKey({ key: senderPublic, format: "der", type: "spki" });
  const contentKey = agreeOnKey(key.privateKey, sender, senderPublic);
  const decipher = createDecipheriv("aes-256-gcm", contentKey, Buffer.from(sealed.nonce, "base64"), {
    authTagLength: 16,
  });
  decipher.setAAD(authenticated(binding, sealed.key_version));
  decipher.setAuthTag(Buffer.from(sealed.tag, "base64"));
  return Buffer.concat([
    decipher.update(Buffer.from(sealed.ciphertext, "base64")),
    decipher.final(),
  ]).toString("utf8");
}

function agreeOnKey(own: KeyObject, other: KeyObject, senderPublic: Buffer): Buffer {
  const agreed = diffieHellman({ privateKey: own, publicKey: other });
  return Buffer.from(hkdfSync("sha256", agreed, senderPublic, "shepherd envelope", keyBytes));
}

function authenticated(binding: string, version: number): Buffer {
  return Buffer.from(`${binding}|v${version}`, "utf8");
}
