import { expect, test } from "vitest";
import { redact } from "./redaction";

const canary = "canary-8d1f";

test.for([
  "password",
  "newPassword",
  "PASSWORD_HASH",
  "clientSecret",
  "token",
  "accessTokenValue",
  "credentials",
  "private_key",
  "privateKey",
  "apiKey",
  "api_key",
  "sessionId",
  "session_id",
  "connectionString",
])("what stands under %s is not recorded, however deep", (key) => {
  const record = redact({ [key]: canary, list: [{ deep: { [key]: { inner: [canary] } } }] });
  expect(JSON.stringify(record)).not.toContain(canary);
  expect(record).toMatchObject({ [key]: "[REDACTED]" });
});

test("a kubeconfig is not logged at all", () => {
  expect(redact({ kubeconfig: canary, oldKubeconfig: { users: [canary] } })).toEqual({
    kubeconfig: "[NOT_LOGGED]",
    oldKubeconfig: "[NOT_LOGGED]",
  });
});

test("everything else stays as it is, times as text", () => {
  const at = new Date("2026-01-01T00:00:00.000Z");
  expect(redact({ name: "web", count: 2, none: null, on: true, at, list: [1, "two"] })).toEqual({
    name: "web",
    count: 2,
    none: null,
    on: true,
    at: "2026-01-01T00:00:00.000Z",
    list: [1, "two"],
  });
});
