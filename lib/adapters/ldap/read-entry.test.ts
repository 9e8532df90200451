import { expect, test } from "vitest";
import { readPerson } from "./read-entry";

const names = { id: "objectGUID", username: "sAMAccountName", email: "mail", displayName: "cn" };
const guid = Buffer.from("00112233445566778899aabbccddeeff", "hex");
const entry = { dn: "cn=Olivia,dc=test", objectGUID: guid, SAMACCOUNTNAME: "olivia", cn: ["Olivia", "Liv"] };

test("bytes that identify become hexadecimal digits, and names are found in any case", () => {
  expect(readPerson(entry, names)).toMatchObject({
    dn: "cn=Olivia,dc=test",
    externalId: "00112233445566778899aabbccddeeff",
    username: "olivia",
    email: null,
    displayName: "Olivia",
  });
});

test.each([
  ["no id", { ...entry, objectGUID: [] }],
  ["two ids", { ...entry, objectGUID: [guid, guid] }],
  ["no user name", { ...entry, SAMACCOUNTNAME: [] }],
  ["a user name of bytes", { ...entry, SAMACCOUNTNAME: Buffer.from([0xff, 0xfe]) }],
])("an entry with %s is nobody", (_name, odd) => {
  expect(readPerson(odd, names)).toBeNull();
});

test("bytes do not identify by an attribute that is text", () => {
  expect(readPerson({ ...entry, employeeNumber: guid }, { ...names, id: "employeeNumber" })).toBeNull();
});

test("secrets, pictures and control characters are not kept", () => {
  const person = readPerson(
    {
      ...entry,
      userPassword: "{SSHA}x",
      unicodePwd: "x",
      sambaNTPassword: "x",
      krbPrincipalKey: "x",
      "ms-Mcs-AdmPwd": "x",
      jpegPhoto: Buffer.from([0xff, 0xd8]),
      description: ["fine", "a\u0000b", "x".repeat(2000)],
      __proto__: "x",
    },
    names,
  );
  expect(person?.attributes).toEqual({
    SAMACCOUNTNAME: ["olivia"],
    cn: ["Olivia", "Liv"],
    description: ["fine"],
  });
});
