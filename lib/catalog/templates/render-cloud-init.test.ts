import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { checkCloudInit, cloudInitBytesMax } from "./cloud-init/rules";
import { renderCloudInit } from "./render-cloud-init";

const hash = "$6$rounds=5000$abcdefghij./ABCD$" + "x".repeat(86);
const initialPassword = { username: "ubuntu", hash };

describe("a machine's user data", () => {
  test("without a first password it is the template's text, word for word", () => {
    const cloudInit = "#cloud-config\n# A comment.\npermissions: 0644   # octal\n";

    expect(renderCloudInit({ cloudInit, initialPassword: null })).toBe(cloudInit);
    expect(renderCloudInit({ cloudInit: "", initialPassword: null })).toBe("");
  });

  test("a first password joins what the template says, and has to be changed at once", () => {
    const cloudInit = "#cloud-config\n# A comment.\nssh_pwauth: false\npermissions: 0644";
    const rendered = renderCloudInit({ cloudInit, initialPassword });

    expect(rendered.startsWith(`${cloudInit}\n`)).toBe(true);
    expect(parse(rendered)).toMatchObject({
      ssh_pwauth: false,
      chpasswd: { expire: true, users: [{ name: "ubuntu", password: hash, type: "hash" }] },
    });
    expect(renderCloudInit({ cloudInit: "", initialPassword })).toMatch(/^#cloud-config\nchpasswd:/);
  });

  test("what the template says already is not said twice", () => {
    const cloudInit = "#cloud-config\nchpasswd: {expire: false}\n";

    expect(() => renderCloudInit({ cloudInit, initialPassword })).toThrow(
      expect.objectContaining({ code: "TEMPLATE_SPEC_VIOLATION", params: { path: "cloudInit.chpasswd" } }),
    );
  });

  test("more than KubeVirt takes is refused with the number", () => {
    const cloudInit = `#cloud-config\na: ${"x".repeat(cloudInitBytesMax - 100)}\n`;

    expect(() => renderCloudInit({ cloudInit, initialPassword })).toThrow(
      expect.objectContaining({ params: expect.objectContaining({ maximum: cloudInitBytesMax }) as unknown }),
    );
  });
});

/** What YAML reads as something else when it stands bare. */
const treacherous = fc.constantFrom(
  ...[
    "yes",
    "no",
    "on",
    "off",
    "y",
    "n",
    "true",
    "False",
    "null",
    "~",
    "NULL",
    "",
    " ",
    "-",
    "?",
    ":",
    "#",
    "%",
    "@",
    "`",
  ],
  ...[
    "1e3",
    "0x1F",
    "0o17",
    "017",
    "1_000",
    "12:30:45",
    ".inf",
    "-.INF",
    ".nan",
    "1.",
    "+1",
    "2026-11-22",
    "0b101",
  ],
  ...[
    "a: b",
    "a #b",
    "- a",
    "? a",
    "*a",
    "&a",
    "!a",
    "!!str a",
    "|",
    ">",
    ">-",
    "'",
    '"',
    "\\",
    "[a",
    "{a",
    "a]",
    "a}",
    ",",
  ],
  ...[
    "---",
    "...",
    "<<",
    "=",
    "a\nb",
    "\n",
    "a\n",
    " a",
    "a ",
    "\ta",
    "a\t",
    "a\r\nb",
    "#cloud-config",
    "a:",
    ":a",
    "a\\nb",
  ],
  ...[
    "\u0000",
    "\u0007",
    "\u001b[31m",
    "\u007f",
    "\u0085",
    "\u00a0",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\u202e",
    "\u{1f40e}",
    "ä",
    "中文",
  ],
  ...["__proto__", "constructor", "toString", "x".repeat(300), "\ud83d\udc0f".repeat(40), "\uffff", "\ufffe"],
);
const word = fc.oneof(
  { weight: 4, arbitrary: treacherous },
  { weight: 3, arbitrary: fc.string({ unit: "grapheme", maxLength: 24 }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 24 }) },
  { weight: 1, arbitrary: fc.tuple(treacherous, treacherous).map((two) => two.join("")) },
);
const scalar = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 1, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0) },
  { weight: 1, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
);
const value = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(word, scalar, { maxKeys: 3 }) },
);
const settings = fc
  .dictionary(word, value, { maxKeys: 4 })
  .filter((given) => !["chpasswd", "hostname"].some((key) => Object.hasOwn(given, key)));

/** JSON with everything beyond ASCII escaped is YAML of either version. */
function asJson(given: object): string {
  const lines = Object.entries(given).map(([key, member]) => `${escaped(key)}: ${escaped(member)}\n`);
  return `#cloud-config\n${lines.join("")}`;
}

function escaped(given: unknown): string {
  return JSON.stringify(given)
    .replace(
      /[\u007f-\uffff]/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
    )
    .replace(
      /\p{Extended_Pictographic}|[\u{10000}-\u{10ffff}]/gu,
      (character) => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`,
    );
}

function asBlock(given: object): string {
  const { length } = Object.keys(given);
  return `#cloud-config\n${length === 0 ? "" : stringify(given, { version: "1.1", lineWidth: 0 })}`;
}

/**
 * Characters and merge keys that no template may hold bare; escaped they may stand anywhere.
 * The library loses a lone space before a line's end: such a block says something else from the beginning.
 */
function isWritable(given: object): boolean {
  const text = asBlock(given);
  const odd = ["odd_character", "merge_key", "odd_key"];
  if (checkCloudInit(text).some(({ code }) => odd.includes(code))) return false;
  return isDeepStrictEqual(withoutPrototype(readBack(text) ?? {}), withoutPrototype(given));
}

/** As cloud-init reads it: YAML 1.1, no merging. */
function readBack(text: string): unknown {
  return parse(text, { version: "1.1", merge: false, uniqueKeys: true, logLevel: "error" });
}

function withoutPrototype(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(withoutPrototype);
  if (given === null || typeof given !== "object") return given;
  return new Map(Object.entries(given).map(([key, member]) => [key, withoutPrototype(member)]));
}

describe("10,000 random settings", () => {
  test("names, keys and values come back as they went in, whatever they look like", () => {
    let compared = 0;
    fc.assert(
      fc.property(settings, word, word, fc.boolean(), (given, username, hostname, isBlock) => {
        const cloudInit = isBlock && isWritable(given) ? asBlock(given) : asJson(given);
        const parts = { cloudInit, hostname, initialPassword: { username, hash } };
        const expected = {
          ...Object.fromEntries(Object.entries(given)),
          hostname,
          chpasswd: { expire: true, users: [{ name: username, password: hash, type: "hash" }] },
        };
        const rendered = renderUnlessTooLong(parts);
        if (rendered === null) return;
        compared += 1;
        expect(new TextEncoder().encode(rendered).byteLength).toBeLessThanOrEqual(cloudInitBytesMax);
        expect(withoutPrototype(readBack(rendered))).toEqual(withoutPrototype(expected));
      }),
      { numRuns: 10_000, examples: [[{ "\u0000": [" \n"] }, "yesyes", "yes", true]] },
    );
    expect(compared).toBeGreaterThan(9_000);
  });

  test("what the check lets pass renders without a surprise", () => {
    fc.assert(
      fc.property(settings, (given) => {
        const cloudInit = asBlock(given);
        const errors = checkCloudInit(cloudInit, { oneTimePassword: true }).filter(
          ({ severity }) => severity === "error",
        );
        if (errors.length > 0) return;
        const rendered = renderCloudInit({ cloudInit, initialPassword });
        expect(rendered.startsWith("#cloud-config\n")).toBe(true);
        expect(checkCloudInit(rendered).filter(({ severity }) => severity === "error")).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});

function renderUnlessTooLong(parts: Parameters<typeof renderCloudInit>[0]): string | null {
  const whole = new TextEncoder().encode(parts.cloudInit).byteLength + 12 * (parts.hostname?.length ?? 0);
  return whole + 12 * (parts.initialPassword?.username.length ?? 0) > 1_700 ? null : renderCloudInit(parts);
}
