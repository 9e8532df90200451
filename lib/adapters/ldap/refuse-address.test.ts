import { expect, test } from "vitest";
import { readPlace, refusalOfLdapAddress } from "./refuse-address";

test.each([
  ["ldaps://directory.example.org", false, null],
  ["ldaps://directory.example.org:3269/", false, null],
  ["ldaps://10.0.0.5", false, null],
  ["LDAPS://directory.example.org", false, null],
  ["ldaps://[::1]:636", false, null],
  ["ldap://directory.example.org", true, null],
  ["ldap://directory.example.org", false, "not-encrypted"],
  ["http://directory.example.org", true, "not-a-url"],
  ["https://directory.example.org", true, "not-a-url"],
  ["ldapi:///var/run/ldapi", true, "not-a-url"],
  ["cldap://directory.example.org", true, "not-a-url"],
  ["ldaps:directory.example.org", true, "not-a-url"],
  ["ldaps://", true, "not-a-url"],
  ["ldaps:///dc=test", true, "not-a-url"],
  ["directory.example.org", true, "not-a-url"],
  ["", true, "not-a-url"],
  ["ldaps://directory.example.org:0", false, "not-a-url"],
  ["ldaps://directory.example.org:99999", false, "not-a-url"],
  ["ldaps://cn=x:secret@directory.example.org", false, "credentials"],
  ["ldaps://directory.example.org/dc=test", false, "path"],
  ["ldaps://directory.example.org?x", false, "path"],
  ["ldaps://directory.example.org#x", false, "path"],
  ["ldaps://directory.example.org\n.evil", false, "characters"],
  ["ldaps://directory.example.org\\evil", false, "characters"],
  ["ldaps://%64irectory.example.org", false, "characters"],
  ["ldaps://ディレクトリ.example", false, "characters"],
  ["ldaps://169.254.169.254", false, "reserved-address"],
  ["ldaps://0.0.0.0", false, "reserved-address"],
  ["ldaps://[fe80::1]", false, "reserved-address"],
  ["ldaps://[::ffff:169.254.169.254]", false, "reserved-address"],
])("%s with StartTLS %s: %s", (url, startTls, refusal) => {
  expect(refusalOfLdapAddress({ url, startTls })).toBe(refusal);
});

test("the usual ports are filled in", () => {
  expect(readPlace({ url: "ldaps://A.example", startTls: false })).toEqual({
    host: "a.example",
    port: 636,
    isTlsFromStart: true,
  });
  expect(readPlace({ url: "ldap://[::1]/", startTls: true })).toEqual({
    host: "::1",
    port: 389,
    isTlsFromStart: false,
  });
});
