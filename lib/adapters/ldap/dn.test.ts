import { expect, test } from "vitest";
import { isBelow, splitDn, valueInDn } from "./dn";

test("a DN is split at commas that are not escaped", () => {
  expect(splitDn("cn=a\\,b, ou=x\\2Cy,dc=test")).toEqual(["cn=a\\,b", "ou=x\\2Cy", "dc=test"]);
  expect(splitDn("")).toEqual([]);
});

test.each([
  ["cn=admins,ou=groups,dc=test", "cn", "admins"],
  ["CN=Admins,OU=Groups,DC=test", "cn", "Admins"],
  ['cn=a\\,b \\\\ \\"c\\",dc=test', "cn", 'a,b \\ "c"'],
  ["cn=M\\C3\\BCller,dc=test", "cn", "Müller"],
  ["ou=x+cn=admins,dc=test", "cn", "admins"],
  ["uid=x,cn=admins,dc=test", "cn", null],
  ["cn", "cn", null],
  ["", "cn", null],
])("the name in %j by %s is %j", (dn, attribute, value) => {
  expect(valueInDn(dn, attribute)).toBe(value);
});

test.each([
  ["cn=a,ou=groups,dc=test", "ou=groups,dc=test", true],
  ["CN=a, OU = Groups, DC=test", "ou=groups,dc=test", true],
  ["ou=groups,dc=test", "ou=groups,dc=test", true],
  ["cn=a,dc=test", "ou=groups,dc=test", false],
  ["cn=a,ou=evilou=groups,dc=test", "ou=groups,dc=test", false],
  ["cn=a\\,ou=groups,dc=test", "ou=groups,dc=test", false],
  ["cn=a,ou=groups,dc=test,dc=evil", "ou=groups,dc=test", false],
])("%j below %j: %j", (dn, base, expected) => {
  expect(isBelow(dn, base)).toBe(expected);
});
