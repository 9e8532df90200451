import { expect, test } from "vitest";
import { guardedLookup, isReservedAddress, refusalOfOutsideAddress } from "./outside-address";

const refusedAddresses: [text: string, refusal: string][] = [
  ["", "not-a-url"],
  ["idp.example", "not-a-url"],
  ["https:idp.example", "not-a-url"],
  ["https:/idp.example", "not-a-url"],
  ["https:///idp.example", "not-a-url"],
  ["http://idp.example", "not-https"],
  ["HTTP://127.0.0.1", "not-https"],
  ["file:///etc/passwd", "not-https"],
  ["gopher://127.0.0.1:6379/_FLUSHALL", "not-https"],
  ["javascript:alert(1)", "not-https"],
  ["https://idp.example/ x", "characters"],
  [" https://idp.example", "characters"],
  ["https://idp.example\r\nHost: evil", "characters"],
  ["https:\\\\idp.example", "characters"],
  ["https://idp.example\\@evil.example", "characters"],
  ["https://idp.example/a/../b", "characters"],
  ["https://idp.example/..", "characters"],
  ["https://idp.example/%2e%2e/b", "characters"],
  ["https://idp.example/%zz", "characters"],
  ["https://idp.example/%00", "characters"],
  ["https://idp.example/%5Cevil", "characters"],
  ["https://idp。example/", "characters"],
  ["https://１６９.254.169.254/", "characters"],
  [`https://idp.example/${"a".repeat(2_000)}`, "characters"],
  ["https://user:pass@idp.example", "credentials"],
  ["https://@idp.example", "credentials"],
  ["https://idp.example@169.254.169.254/", "credentials"],
  ["https://idp.example/#a", "fragment"],
  ["https://idp.example#", "fragment"],
  ["https://idp.example/?a=b", "query"],
  ["https://idp.example?", "query"],
  ["https://169.254.169.254/latest/meta-data", "reserved-address"],
  ["https://169.254.169.254.", "reserved-address"],
  ["https://2852039166/", "reserved-address"],
  ["https://0xa9.0xfe.0xa9.0xfe", "reserved-address"],
  ["https://0251.0376.0251.0376", "reserved-address"],
  ["https://169.254.43518", "reserved-address"],
  ["https://100.100.100.200", "reserved-address"],
  ["https://168.63.129.16", "reserved-address"],
  ["https://192.0.0.192", "reserved-address"],
  ["https://0.0.0.0", "reserved-address"],
  ["https://0", "reserved-address"],
  ["https://224.0.0.1", "reserved-address"],
  ["https://255.255.255.255", "reserved-address"],
  ["https://[::]", "reserved-address"],
  ["https://[fe80::1]", "reserved-address"],
  ["https://[ff02::1]", "reserved-address"],
  ["https://[fd00:ec2::254]", "reserved-address"],
  ["https://[fd20:ce::254]", "reserved-address"],
  ["https://[::ffff:169.254.169.254]", "reserved-address"],
  ["https://[::ffff:a9fe:a9fe]", "reserved-address"],
  ["https://[::ffff:0.0.0.0]", "reserved-address"],
  ["https://[::169.254.169.254]", "reserved-address"],
  ["https://[64:ff9b::169.254.169.254]", "reserved-address"],
  ["https://[64:ff9b:1::a9fe:a9fe]", "reserved-address"],
  ["https://[2002:a9fe:a9fe::1]", "reserved-address"],
];

test.each(refusedAddresses)("%j is refused: %s", (text, refusal) => {
  expect(refusalOfOutsideAddress(text)).toBe(refusal);
});

test.each([
  "https://idp.example",
  "https://idp.example:8443/realms/my%20realm/",
  "https://127.0.0.1:40000/case-1",
  "https://[::1]:8443",
  "https://10.0.0.5",
  "https://[fd12::1]",
  "https://localhost:8443",
  "https://login.example/tenant/v2.0",
  "https://idp.example/a..b/@me",
])("%s may be called", (text) => {
  expect(refusalOfOutsideAddress(text)).toBeNull();
});

test("a query is allowed where the caller says so", () => {
  expect(refusalOfOutsideAddress("https://idp.example/token?p=policy", { query: true })).toBeNull();
  expect(refusalOfOutsideAddress("https://idp.example/token?p=a b", { query: true })).toBe("characters");
});

test("a zone does not hide a link-local address", () => {
  expect(isReservedAddress("fe80::1%eth0")).toBe(true);
  expect(isReservedAddress("idp.example")).toBe(false);
});

test("what a name resolves to is refused when connecting", async () => {
  const error = await new Promise((resolve) => guardedLookup("0.0.0.0", {}, resolve));
  expect(error).toMatchObject({ code: "EADDRREFUSED" });
  expect(await new Promise((resolve) => guardedLookup("localhost", { all: true }, resolve))).toBeNull();
});
