import { describe, expect, test } from "vitest";
import { codeAt } from "@/e2e/factories/factor";
import { checkTotp } from "./check-totp";
import { renderQrCode } from "./render-qr-code";
import { passkeyParty, readDigits, readRecoveryCode, writeRecoveryCode } from "./rules";

describe("what passkeys are bound to", () => {
  test.each([
    ["https://shepherd.example.com", { id: "shepherd.example.com", origin: "https://shepherd.example.com" }],
    ["https://shepherd:8443", { id: "shepherd", origin: "https://shepherd:8443" }],
    ["http://localhost:3000", { id: "localhost", origin: "http://localhost:3000" }],
    ["http://portal.localhost", { id: "portal.localhost", origin: "http://portal.localhost" }],
  ])("%s is a place for them", (address, party) => {
    expect(passkeyParty(new URL(address))).toEqual(party);
  });

  test.each([
    "http://127.0.0.1:3000",
    "https://127.0.0.1",
    "https://192.0.2.4",
    "https://[2001:db8::1]",
    "http://shepherd.example.com",
    "http://localhost.example.com",
  ])("%s is none", (address) => {
    expect(passkeyParty(new URL(address))).toBeNull();
  });
});

describe("codes as people type them", () => {
  test.each(["123456", " 123 456 ", "123-456"])("%s is six digits", (text) => {
    expect(readDigits(text)).toBe("123456");
  });

  test.each(["12345", "1234567", "12345a", "", "١٢٣٤٥٦", "12e456"])("%s is no code", (text) => {
    expect(readDigits(text)).toBeNull();
  });

  test("a recovery code is read back from paper, however it was written down", () => {
    const code = writeRecoveryCode(Uint8Array.from({ length: 16 }, (_, at) => at * 17));
    expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
    const sloppy = code.toUpperCase().replaceAll("-", " ").replaceAll("0", "O").replaceAll("1", "l");
    expect(readRecoveryCode(sloppy)).toBe(code);
  });

  test.each(["", "abcd", "uuuu-uuuu-uuuu-uuuu", "0000-0000-0000-000", "0000-0000-0000-00000"])(
    "%s was never a recovery code",
    (text) => {
      expect(readRecoveryCode(text)).toBeNull();
    },
  );
});

describe("the half minutes of an authenticator app", () => {
  const secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
  const now = new Date(1_800_000_015_000);
  const seconds = (count: number) => new Date(now.getTime() + count * 1000);

  test.each([
    [-46, null],
    [-45, -1],
    [-30, -1],
    [0, 0],
    [30, 1],
    [44, 1],
    [46, null],
  ])("a code from %i s away counts as the step %s beside this one", (distance, step) => {
    const found = checkTotp(secret, codeAt(secret, seconds(distance)), now);
    const current = BigInt(Math.floor(now.getTime() / 30_000));
    expect(found === null ? null : Number(found - current)).toBe(step);
  });
});

test("a QR code is one path inside its square, with the margin cameras need", () => {
  const { size, path } = renderQrCode("otpauth://totp/Shepherd:ada?secret=JBSWY3DPEHPK3PXP&issuer=Shepherd");
  const runs = [...path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)].map((run) => run.slice(1).map(Number));
  expect(runs.map(([x, y, length]) => `M${x} ${y}h${length}v1h-${length}z`).join("")).toBe(path);
  for (const [x = 0, y = 0, length = 0] of runs) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(4);
    expect(Math.max(x + length, y + 1)).toBeLessThanOrEqual(size - 4);
  }
  expect(runs[0]).toEqual([4, 4, 7]);
});
