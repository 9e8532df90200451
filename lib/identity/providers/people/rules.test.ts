import { describe, expect, test } from "vitest";
import { usualMapping } from "../rules";
import {
  firstNameOf,
  personFromAttributes,
  readAttribute,
  shownAttributes,
  usernameCandidates,
  usernameFrom,
} from "./rules";

describe("a user name is made of what the provider calls somebody", () => {
  test.each([
    ["olivia", "olivia"],
    ["Olivia.Müller@example.com", "olivia.muller"],
    ["DOMAIN\\jörg", "domain-jorg"],
    ["Sørensen", "sorensen"],
    ["Żółkiewski", "zolkiewski"],
    ["42nd-street", "nd-street"],
    ["王小明", "person"],
    ["x", "person-x"],
    ["..--", "person"],
    [`a${"b".repeat(200)}`, `a${"b".repeat(55)}`],
    ["<script>alert(1)</script>", "script-alert-1-script"],
  ])("%s → %s", (claim, username) => {
    expect(usernameFrom(claim)).toBe(username);
    expect(username).toMatch(/^[a-z][a-z0-9._-]{1,63}$/);
  });

  test("further names are numbered from two on", () => {
    expect(usernameCandidates("Tina").slice(0, 3)).toEqual(["tina", "tina-2", "tina-3"]);
  });
});

describe("cohorts are read by the chosen field and format", () => {
  const mapping = { ...usualMapping("oidc"), groups: "groups" };
  const read = (groups: unknown, changes: object = {}) =>
    personFromAttributes("1", groups === undefined ? {} : { groups }, { ...mapping, ...changes }).cohorts;

  test("a list, a text, and nothing said are three different things", () => {
    expect(read(["a", "b", "a", " "])).toEqual([
      { kind: "group", key: "a" },
      { kind: "group", key: "b" },
    ]);
    expect(read("a")).toEqual([{ kind: "group", key: "a" }]);
    expect(read([])).toEqual([]);
    expect(read(undefined)).toBeNull();
  });

  test.each([[null], [7], [{ a: 1 }], [[1]], [[{ name: "a" }]]])(
    "%j names no cohorts, so nothing was said",
    (value) => {
      expect(read(value)).toBeNull();
    },
  );

  test("comma separated texts and distinguished names", () => {
    expect(read("a, b;c", { groupsFormat: "csv", cohortKind: "ou" })).toEqual([
      { kind: "ou", key: "a" },
      { kind: "ou", key: "b" },
      { kind: "ou", key: "c" },
    ]);
    const names = ["cn=team-a,ou=groups,dc=x", "CN=Ops\\, Berlin,OU=g", "cn=J\\C3\\B6rg,dc=x", "plain"];
    expect(read(names, { groupsFormat: "ldap_dn" })?.map(({ key }) => key)).toEqual([
      "team-a",
      "Ops, Berlin",
      "Jörg",
      "plain",
    ]);
    expect(firstNameOf("cn=a\\+b+uid=1,dc=x")).toBe("a+b");
  });

  test("no chosen field: the provider is not asked for any", () => {
    expect(read(["a"], { groups: null })).toBeNull();
  });
});

test("a field is found by its whole name before it is taken for a path", () => {
  const attributes = {
    "https://x.test/roles": ["a"],
    realm_access: { roles: ["b"] },
    "a.b": "whole",
    a: { b: "path" },
  };
  expect(readAttribute(attributes, "https://x.test/roles")).toEqual(["a"]);
  expect(readAttribute(attributes, "realm_access.roles")).toEqual(["b"]);
  expect(readAttribute(attributes, "a.b")).toBe("whole");
  expect(readAttribute(attributes, "constructor")).toBeUndefined();
  expect(readAttribute(attributes, "a.constructor.name")).toBeUndefined();
});

test("an address that is not verified is not taken, nor what is none", () => {
  const mapping = usualMapping("oidc");
  const email = (attributes: object) => personFromAttributes("1", { ...attributes }, mapping).email;
  expect(email({ email: "A@Example.com" })).toBe("a@example.com");
  expect(email({ email: "a@example.com", email_verified: false })).toBeNull();
  expect(email({ email: "nobody" })).toBeNull();
});

test("of the attributes plain values are kept, bounded, and no word of the protocol", () => {
  const kept = shownAttributes({
    sub: "1",
    nonce: "n",
    userPassword: "secret",
    realm_access: { roles: ["a"] },
    mixed: [1, "a"],
    long: "x".repeat(1000),
    nul: "a\0b",
  });
  expect(kept).toEqual({ sub: "1", "realm_access.roles": ["a"], long: "x".repeat(500), nul: "ab" });
});
