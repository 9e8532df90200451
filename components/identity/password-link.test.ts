import { afterEach, expect, test, vi } from "vitest";
import { readLink, setPassword } from "./password-link";

afterEach(() => vi.unstubAllGlobals());

test("the secret travels in the body, and the facts arrive in the portal's own words", async () => {
  const sent = answerWith(200, {
    username: "vera",
    expires_at: "2026-01-02T03:04:05.000Z",
    length_min: 8,
    own_words: ["Vera"],
  });
  expect(await readLink("secret")).toEqual({
    ok: true,
    result: { username: "vera", expiresAt: "2026-01-02T03:04:05.000Z", lengthMin: 8, ownWords: ["Vera"] },
  });
  expect(sent()).toEqual(["/api/v1/auth/set-password/link", { token: "secret" }]);
});

test("an empty answer is a success", async () => {
  const sent = answerWith(204, null);
  expect(await setPassword("secret", "a long sentence")).toEqual({ ok: true, result: {} });
  expect(sent()).toEqual(["/api/v1/auth/set-password", { token: "secret", new_password: "a long sentence" }]);
});

test("a refused password is told apart from a refused link", async () => {
  answerWith(422, {
    code: "VALIDATION_FAILED",
    params: {},
    field_errors: [{ field: "new_password", code: "too_short", params: { minimum: 15 } }],
  });
  const refused = { code: "too_short", params: { minimum: 15 } };
  expect(await setPassword("secret", "short")).toMatchObject({ failure: { newPassword: refused } });
  answerWith(400, { code: "LINK_REFUSED", params: {}, field_errors: [] });
  expect(await setPassword("secret", "a long sentence")).toMatchObject({
    failure: { code: "LINK_REFUSED", newPassword: undefined },
  });
});

test("how long to wait is read from the wire's own name", async () => {
  answerWith(429, { code: "RATE_LIMIT_EXCEEDED", params: { retry_after: 40 } });
  expect(await readLink("secret")).toMatchObject({ failure: { params: { retryAfter: 40 } } });
});

test("no answer, or one that is none, keeps what was typed", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
  expect(await readLink("secret")).toEqual({ ok: false, failure: { code: "CONNECTION_LOST" } });
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("<html>", { status: 502 })));
  expect(await readLink("secret")).toEqual({ ok: false, failure: { code: "CONNECTION_LOST" } });
});

/** @returns what was posted, and where to */
function answerWith(status: number, body: unknown): () => [string, unknown] {
  const text = body === null ? null : JSON.stringify(body);
  const stub = vi.fn<(address: string, init: { body: string }) => Promise<Response>>(() =>
    Promise.resolve(new Response(text, { status })),
  );
  vi.stubGlobal("fetch", stub);
  return () => {
    const [address = "", init] = stub.mock.calls[0] ?? [];
    return [address, JSON.parse(init?.body ?? "null")];
  };
}
