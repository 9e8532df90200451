import { expect, test } from "vitest";
import { fieldTexts, settingsOnly } from "./field-text";

const fields = [
  { name: "config.url", kind: "url" as const, required: true, default: null },
  { name: "config.groups.mode", kind: "select" as const, required: false, default: "search" },
  { name: "config.scopes", kind: "list" as const, required: false, default: "openid" },
  { name: "config.certificates", kind: "pem_list" as const, required: true, default: null },
  { name: "secrets.bindPassword", kind: "secret" as const, required: true, default: null },
];

test("a new provider begins with what its type proposes", () => {
  expect(fieldTexts(fields, null)).toEqual({
    "config.url": "",
    "config.groups.mode": "search",
    "config.scopes": "openid",
    "config.certificates": "",
    "secrets.bindPassword": "",
  });
});

test("a kept provider begins with what is kept, members of members included", () => {
  const config = {
    url: "ldaps://a",
    groups: { mode: "attribute" },
    scopes: ["openid", "email"],
    certificates: ["A", "B"],
  };
  expect(fieldTexts(fields, config)).toEqual({
    "config.url": "ldaps://a",
    "config.groups.mode": "attribute",
    "config.scopes": "openid email",
    "config.certificates": "A\nB",
    "secrets.bindPassword": "",
  });
});

test("a test of the connection takes the settings and leaves name and version", () => {
  const form = new FormData();
  for (const name of ["name", "version", "authType", "providerId", "config.url", "secrets.bindPassword"])
    form.append(name, "x");
  expect([...settingsOnly(form).keys()]).toEqual([
    "authType",
    "providerId",
    "config.url",
    "secrets.bindPassword",
  ]);
});
