import { describe, expect, test } from "vitest";
import { isSameOrigin, ownPath, passwordProblem, passwordStrength, readCookie } from "./rules";

const facts = { lengthMin: 15, ownWords: ["shepherd", "wilhelmina", "portal.example"] };

describe("a new password", () => {
  test.each([
    ["short", "too_short"],
    ["x".repeat(257), "too_long"],
    ["aaaaaaaaaaaaaaaaaaaa", "password_repeated"],
    ["abcabcabcabcabcabc", "password_repeated"],
    ["hunter2hunter2hunter2", "password_repeated"],
    ["abcdefghijklmnopqrst", "password_sequential"],
    ["qwertyuiopasdfghjkl", "password_sequential"],
    ["12345678909876543210", "password_sequential"],
    ["welcome-password-1", "password_common"],
    ["P@ssw0rd-Password!", "password_common"],
    ["administrator2026", "password_common"],
    ["correct horse battery staple", "password_common"],
    ["shepherdshepherd!!!", "password_own_words"],
    ["wilhelmina-shepherd", "password_own_words"],
  ])("%s is refused as %s", (password, code) => {
    expect(passwordProblem(password, facts)?.code).toBe(code);
  });

  test("is refused for a common word also where it holds one of the person's own words", () => {
    const administrator = { lengthMin: 15, ownWords: ["admin", "Administrator"] };
    expect(passwordProblem("administrator2026", administrator)?.code).toBe("password_own_words");
  });

  test.each([
    "tin roof, cold rain, 4 kites",
    "summer orange sunset coffee house",
    "Fz7-kLq2_wXv9pRt",
    "雨が降る夜に猫は静かに窓辺で眠る",
    "ein Fahrrad im Schnee",
  ])("%s is accepted", (password) => {
    expect(passwordProblem(password, facts)).toBeNull();
  });

  test("of eight characters is judged by what it holds, where eight suffice", () => {
    const facts = { lengthMin: 8, ownWords: ["shepherd", "quill"] };
    for (const good of ["q8!vLm#z", "wren-otu", "kB7$tq2&"])
      expect([good, passwordProblem(good, facts)]).toEqual([good, null]);
    for (const bad of [
      "password",
      "Passw0rd",
      "P@ssw0rd!",
      "letmein!",
      "qwertz12",
      "12345678",
      "quill-99",
      "abababab",
    ])
      expect([bad, passwordProblem(bad, facts)]).not.toEqual([bad, null]);
  });

  test("is measured in characters as people see them, whichever way they were typed", () => {
    const composed = "\u00e9tang \u00e0 l'aube";
    const decomposed = composed.normalize("NFD");
    expect(decomposed.length).toBeGreaterThan(composed.length);
    expect(passwordProblem(decomposed, facts)).toEqual(passwordProblem(composed, facts));
    expect(passwordProblem(composed, facts)).toEqual({ code: "too_short", params: { minimum: 15 } });
  });

  test("of 256 characters is accepted whole", () => {
    const long = Array.from(
      { length: 64 },
      (_, at) => `${String.fromCharCode(97 + ((at * 7) % 26))}x${at % 10}q`,
    ).join("");
    expect(long.length).toBeLessThanOrEqual(256);
    expect(passwordProblem(long, facts)).toBeNull();
  });

  test("has a strength in words that never promises what the rules refuse", () => {
    expect(passwordStrength("", facts)).toBe("empty");
    expect(passwordStrength("passwordpassword1", facts)).toBe("refused");
    expect(passwordStrength("tin roof, cold r", facts)).toBe("fair");
    expect(passwordStrength("tin roof, cold rain", facts)).toBe("good");
    expect(passwordStrength("tin roof, cold rain, 4 kites", facts)).toBe("strong");
  });
});

describe("a request that changes something", () => {
  const own = { origin: "http://127.0.0.1:3000", fetchSite: "same-origin", host: "127.0.0.1:3000" };
  const here = "http://127.0.0.1:3000";

  test("comes from the portal's own pages, or from a program that is no browser", () => {
    expect(isSameOrigin(own, here)).toBe(true);
    expect(isSameOrigin({ origin: null, fetchSite: null, host: "127.0.0.1:3000" }, here)).toBe(true);
    expect(isSameOrigin({ ...own, origin: "https://portal.example" }, "https://portal.example")).toBe(true);
    expect(isSameOrigin({ ...own, origin: "http://localhost:3000", host: "localhost:3000" }, here)).toBe(
      true,
    );
  });

  test.each([
    [{ ...own, origin: "http://evil.example" }, here],
    [{ ...own, origin: "null" }, here],
    [{ ...own, fetchSite: "cross-site" }, here],
    [{ ...own, fetchSite: "same-site", origin: null }, here],
    [own, "https://portal.example"],
    [{ ...own, origin: "http://portal.example", host: "portal.example" }, "https://portal.example"],
  ])("is refused when a browser says otherwise: %j at %s", (request, publicOrigin) => {
    expect(isSameOrigin(request, publicOrigin)).toBe(false);
  });
});

test("a cookie is found among others by its whole name", () => {
  expect(readCookie("my_session_id=1; session_id=abc=; x=2", "session_id")).toBe("abc=");
  expect(readCookie("xsession_id=1", "session_id")).toBeNull();
  expect(readCookie(null, "session_id")).toBeNull();
});

test.each([
  ["/vms?status=RUNNING", "/vms?status=RUNNING"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/login?return_to=/login", "/"],
  ["/vms\n/x", "/"],
  [undefined, "/"],
])("after signing in, %s leads to %s", (given, path) => {
  expect(ownPath(given)).toBe(path);
});
