import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { open, openingKey, parseKeyMaterial, publicHalf, seal, type Envelope } from "./secrets";

const key = openingKey(randomBytes(32), 3);
const sealing = { version: 3, publicKey: publicHalf(key) };
const binding = "cluster:one";

test.for(["", "token", "漢字 ".repeat(1_000), "\u0000\u0001"])("what is sealed opens again (%#)", (text) => {
  expect(open(key, seal(sealing, text, binding), binding)).toBe(text);
});

test("the same text sealed twice shares nothing", () => {
  const [one, two] = [seal(sealing, "text", binding), seal(sealing, "text", binding)];
  expect(one.ciphertext).not.toBe(two.ciphertext);
  expect(one.nonce).not.toBe(two.nonce);
  expect(one.sender).not.toBe(two.sender);
});

test("256 flipped bits, 256 refused", () => {
  const sealed = seal(sealing, "a credential of some length", binding);
  const members = ["sender", "nonce", "ciphertext", "tag"] as const;
  const bits = members.flatMap((member) =>
    Array.from({ length: Buffer.from(sealed[member], "base64").length * 8 }, (_, bit) => ({ member, bit })),
  );
  const chosen = bits.toSorted(() => Math.random() - 0.5).slice(0, 256);
  const opened = chosen.filter(({ member, bit }) => opens(flipped(sealed, member, bit)));
  process.stdout.write(`${chosen.length} bad inputs, ${chosen.length - opened.length} refused\n`);
  expect(chosen).toHaveLength(256);
  expect(opened).toEqual([]);
});

test("an envelope moved to another row, of another version or for another key does not open", () => {
  const sealed = seal(sealing, "text", binding);
  expect(() => open(key, sealed, "cluster:two")).toThrow();
  expect(opens({ ...sealed, key_version: 4 })).toBe(false);
  expect(() => open(openingKey(randomBytes(32), 3), sealed, binding)).toThrow();
});

test("parts of two envelopes make none", () => {
  const [one, two] = [seal(sealing, "text", binding), seal(sealing, "text", binding)];
  expect(opens({ ...one, ciphertext: two.ciphertext, tag: two.tag })).toBe(false);
  expect(opens({ ...one, sender: two.sender })).toBe(false);
  expect(opens({ ...one, tag: one.tag.slice(0, 8) })).toBe(false);
});

test("key material is 32 bytes in hex or base64, or the process does not start", () => {
  const bytes = randomBytes(32);
  expect(parseKeyMaterial("KEY", bytes.toString("hex"))).toEqual(bytes);
  expect(parseKeyMaterial("KEY", bytes.toString("base64"))).toEqual(bytes);
  for (const text of ["", "short", randomBytes(31).toString("hex"), randomBytes(33).toString("base64")]) {
    expect(() => parseKeyMaterial("KEY", text)).toThrow("KEY must be 32 bytes");
  }
});

function opens(sealed: Envelope): boolean {
  try {
    open(key, sealed, binding);
    return true;
  } catch {
    return false;
  }
}

function flipped(sealed: Envelope, member: "sender" | "nonce" | "ciphertext" | "tag", bit: number): Envelope {
  const bytes = Buffer.from(sealed[member], "base64");
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  return { ...sealed, [member]: bytes.toString("base64") };
}
