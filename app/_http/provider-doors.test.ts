import { afterAll, beforeAll, expect, test } from "vitest";
import { GET as read, PATCH as update } from "@/app/api/v1/admin/auth-providers/[id]/route";
import { GET as list, POST as configure } from "@/app/api/v1/admin/auth-providers/route";
import { GET as metadata } from "@/app/api/v1/auth/providers/[id]/metadata/route";
import { POST as start } from "@/app/api/v1/auth/providers/[id]/login/start/route";
import { GET as ways } from "@/app/api/v1/auth/providers/route";
import { anAdministrator } from "@/e2e/factories/person";
import { aProvider, openDirectory } from "@/e2e/factories/provider";
import type { DirectoryLab } from "@/e2e/lab/directory/server";
import { db } from "@/lib/core/db";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import type { Route } from "./define-route";

let lab: DirectoryLab;
let cookie: string;
beforeAll(async () => {
  lab = await openDirectory();
  const { actor } = await anAdministrator();
  const expiresAt = new Date(Date.now() + 3_600_000);
  const session = { id: actor.sessionId, userId: actor.id, expiresAt };
  await db().userSession.create({ data: { ...session, sessionVersion: 1, mfaAt: new Date() } });
  cookie = `session_id=${await signSessionCookie(session)}`;
});
afterAll(() => lab.stop());

async function call(route: Route, method: string, { id = "", body }: { id?: string; body?: object } = {}) {
  const request = new Request(`http://127.0.0.1:3000/api/v1/x`, {
    method,
    headers: { cookie, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const response = await route(request, { params: Promise.resolve({ ...(id && { id }) }) });
  const text = await response.text();
  // Answers of the API are JSON objects.
  const answer = (text === "" ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { status: response.status, answer, headers: response.headers };
}

const ldap = {
  name: "Directory",
  auth_type: "ldap",
  config: {
    url: "ldaps://ldap.test",
    bind_dn: "cn=reader",
    base_dn: "dc=test",
    groups: { key_attribute: "ou" },
  },
  secrets: { bind_password: "canary-4711" },
};

test("a provider is set up, read and changed in the words of the wire, its secret never answered", async () => {
  const made = await call(configure, "POST", { body: ldap });
  expect(made.status).toBe(201);
  expect(made.answer).toMatchObject({
    auth_type: "ldap",
    secrets_kept: ["bindPassword"],
    config: { bind_dn: "cn=reader", timeout_seconds: 10, groups: { key_attribute: "ou", mode: "search" } },
    claims_mapping: { groups: "groups", groups_format: "array" },
  });
  const id = String(made.answer["id"]);
  const config = { ...ldap.config, user_filter: "(uid={username})" };
  const changed = await call(update, "PATCH", { id, body: { auth_type: "ldap", version: 1, config } });
  expect(changed).toMatchObject({
    status: 200,
    answer: { version: 2, config: { user_filter: "(uid={username})" } },
  });
  const shown = [await call(read, "GET", { id }), await call(list, "GET"), made, changed];
  expect(JSON.stringify(shown)).not.toContain("canary-4711");
});

test("what is refused is named by its field on the wire", async () => {
  const wrong = { ...ldap, name: "Wrong", config: { ...ldap.config, user_filter: "uid" } };
  expect(await call(configure, "POST", { body: wrong })).toMatchObject({
    status: 400,
    answer: {
      code: "VALIDATION_FAILED",
      field_errors: [{ field: "config.user_filter", code: "invalid_filter" }],
    },
  });
  const strange = { ...ldap, config: { ...ldap.config, rejectUnauthorized: false } };
  expect((await call(configure, "POST", { body: strange })).status).toBe(400);
  expect((await call(configure, "POST", { body: { ...ldap, auth_type: "wecom" } })).status).toBe(400);
});

test("the login page's ways, a sign-in's beginning and SAML's document are open to anyone", async () => {
  const [oidc, saml] = [await aProvider(lab, "oidc"), await aProvider(lab, "saml")];
  const { answer } = await call(ways, "GET");
  expect(answer["items"]).toContainEqual(
    expect.objectContaining({
      id: oidc,
      interaction: "redirect",
      href: `/api/v1/auth/providers/${oidc}/login/start`,
    }),
  );
  const begun = await call(start, "POST", { id: oidc, body: { return_to: "/vms" } });
  expect(begun.status).toBe(200);
  expect(Object.keys(begun.answer)).toEqual(["redirect_url"]);
  expect(begun.headers.get("set-cookie")).toMatch(
    /^sign_in_[0-9a-f]{16}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/,
  );
  const document = await metadata(new Request("http://127.0.0.1:3000/x"), {
    params: Promise.resolve({ id: saml }),
  });
  expect(document.headers.get("content-type")).toBe("application/samlmetadata+xml");
  expect(await document.text()).toContain(`/api/v1/auth/providers/${saml}/callback`);
  const none = await metadata(new Request("http://127.0.0.1:3000/x"), {
    params: Promise.resolve({ id: oidc }),
  });
  expect(none.status).toBe(404);
});
