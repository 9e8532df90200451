import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { aMember } from "@/e2e/factories/member";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { GET as reviewPlatform } from "@/app/api/v1/admin/access-reviews/route";
import { GET as listConfig, PUT as putConfig } from "@/app/api/v1/admin/config/route";
import { GET as listReach } from "@/app/api/v1/admin/permissions/route";
import {
  DELETE as deleteRole,
  GET as readRole,
  PATCH as patchRole,
} from "@/app/api/v1/admin/roles/[id]/route";
import { POST as postRole } from "@/app/api/v1/admin/roles/route";
import {
  DELETE as deleteBinding,
  PATCH as patchBinding,
} from "@/app/api/v1/admin/users/[id]/role-bindings/[bindingId]/route";
import { GET as listBindings, POST as postBinding } from "@/app/api/v1/admin/users/[id]/role-bindings/route";
import { GET as reviewSystem } from "@/app/api/v1/systems/[id]/access-review/route";
import {
  DELETE as deleteMember,
  PATCH as patchMember,
} from "@/app/api/v1/systems/[id]/members/[userId]/route";
import { GET as listMembers, POST as postMember } from "@/app/api/v1/systems/[id]/members/route";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { hashToken } from "@/lib/identity/check-token";
import type { Route } from "./define-route";

/** A program's key of this person that carries all they may do. */
async function aKey({ actor }: Context & { actor: Person }): Promise<string> {
  const token = `shp_${randomBytes(32).toString("base64url")}`;
  const expiresAt = new Date(Date.now() + 60_000);
  const columns = { id: newId(), userId: actor.id, name: "ci", createdBy: actor.id, expiresAt };
  await db().apiToken.create({
    data: { ...columns, hash: hashToken(token), permissions: [], isRestricted: false, elevated: true },
    select: { id: true },
  });
  return token;
}

interface Sent {
  method?: string;
  params?: Record<string, string>;
  search?: string;
  body?: unknown;
}

function send(token: string, route: Route, { method = "GET", params = {}, search = "", body }: Sent = {}) {
  const request = new Request(`http://portal.example/api${search}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return route(request, { params: Promise.resolve(params) });
}

let administrator: string;
beforeAll(async () => {
  administrator = await aKey(await anAdministrator());
});

test("a role's life: made, shown with what it reaches, changed, given, taken, deleted", async () => {
  const made = await send(administrator, postRole, {
    method: "POST",
    body: { name: "keeper", display_name: "Keeper", permissions: ["cluster:read"], require_mfa: true },
  });
  expect(made.status).toBe(201);
  const { id } = await made.json();
  const role = { params: { id } };
  expect(await (await send(administrator, readRole, role)).json()).toMatchObject({
    display_name: "Keeper",
    require_mfa: true,
    holder_count: 0,
    can_assign: true,
  });
  const change = { ...role, method: "PATCH", body: { permissions: ["cluster:read", "cluster:write"] } };
  expect((await send(administrator, patchRole, change)).status).toBe(204);

  const somebody = await aPerson(null);
  const user = { id: somebody.actor.id };
  const body = { role_id: id, environments: ["test"], expires_at: "2100-01-31" };
  const given = await send(administrator, postBinding, { method: "POST", params: user, body });
  expect(given.status).toBe(201);
  const [row] = (await (await send(administrator, listBindings, { params: user })).json()).items;
  expect(row).toMatchObject({ role_name: "keeper", expires_at: "2100-01-31T23:59:59.999Z", cohorts: [] });
  const binding = { params: { ...user, bindingId: row.id } };
  const until = { ...binding, method: "PATCH", body: { expires_at: null } };
  expect((await send(administrator, patchBinding, until)).status).toBe(204);
  const refused = await send(administrator, deleteRole, {
    ...role,
    method: "DELETE",
    search: "?confirm=true",
  });
  expect([refused.status, await refused.json()]).toMatchObject([409, { params: { child_count: 1 } }]);
  expect((await send(administrator, deleteBinding, { ...binding, method: "DELETE" })).status).toBe(204);
  expect(
    (await send(administrator, deleteRole, { ...role, method: "DELETE", search: "?confirm=true" })).status,
  ).toBe(204);
});

test("each permission is listed with the operations it opens", async () => {
  const { items } = await (await send(administrator, listReach)).json();
  const groups: { permissions: { permission: string; operations: { method: string; path: string }[] }[] }[] =
    items;
  const rows = groups.flatMap(({ permissions }) => permissions);

  const deleting = rows.find(({ permission }) => permission === "system:delete");
  expect(deleting?.operations).toMatchObject([{ method: "DELETE", path: "/api/v1/systems/{id}" }]);
});

test("members of a System, on the wire", async () => {
  const person = await aPerson("role-development-engineer");
  const { systemId, id: serviceId } = await aService(person);
  const owner = await aKey(person);
  const somebody = await aPerson("role-development-engineer");
  const system = { params: { id: systemId } };
  const member = { params: { id: systemId, userId: somebody.actor.id } };
  const body = { user_id: somebody.actor.id, role: "viewer", expires_at: "2100-01-01T00:00:00+02:00" };

  expect((await send(owner, postMember, { ...system, method: "POST", body })).status).toBe(204);
  const onService = { ...body, role: "member", resource_type: "service", resource_id: serviceId };
  expect((await send(owner, postMember, { ...system, method: "POST", body: onService })).status).toBe(204);
  const list = async (search: string) =>
    (await (await send(owner, listMembers, { ...system, search })).json()).items;
  expect(await list("")).toMatchObject([
    { role: "owner" },
    { role: "viewer", expires_at: "2099-12-31T22:00:00.000Z" },
  ]);
  expect(await list(`?resource_type=service&resource_id=${serviceId}`)).toMatchObject([
    { role: "owner", is_inherited: true },
    { role: "member", is_inherited: false, resource_name: "web" },
  ]);
  expect(
    (await send(owner, patchMember, { ...member, method: "PATCH", body: { role: "admin" } })).status,
  ).toBe(204);
  expect((await send(owner, deleteMember, { ...member, method: "DELETE" })).status).toBe(204);
  expect(await list("?per_page=5")).toHaveLength(1);
});

test("a System one has no role on answers as one that is not there, byte for byte but for the request's id", async () => {
  const { systemId } = await aService(await aPerson("role-development-engineer"));
  const stranger = await aKey(await aPerson("role-development-engineer"));
  const answers = async (id: string) => {
    const system = { params: { id, userId: "anybody" } };
    const sent = [
      send(stranger, listMembers, { params: { id } }),
      send(stranger, reviewSystem, { params: { id } }),
      send(stranger, deleteMember, { ...system, method: "DELETE" }),
      send(stranger, patchMember, { ...system, method: "PATCH", body: { role: "viewer" } }),
    ];
    return Promise.all(
      sent.map(async (response) => {
        const { request_id: _id, ...problem } = await (await response).json();
        return [(await response).status, problem];
      }),
    );
  };

  expect(await answers(systemId)).toEqual(await answers("nowhere"));
  expect((await answers(systemId)).map(([status]) => status)).toEqual([404, 404, 404, 404]);
});

test("too low a role is told which it takes", async () => {
  const { systemId } = await aService(await aPerson("role-development-engineer"));
  const viewer = await aKey(await aMember({ systemId, role: "viewer" }));

  const response = await send(viewer, reviewSystem, { params: { id: systemId } });

  expect([response.status, await response.json()]).toMatchObject([
    403,
    { code: "PERMISSION_DENIED", params: { system_id: systemId, role_needed: "admin", role_held: "viewer" } },
  ]);
});

test("a review is filtered by its address", async () => {
  const response = await send(administrator, reviewPlatform, {
    search: "?kind=role&role=role-platform-admin&not_reviewed_days=0&per_page=3",
  });

  const { items } = await response.json();
  expect(items[0]).toMatchObject({ kind: "role", role_id: "role-platform-admin", resource_type: null });
  const wrong = await send(administrator, reviewPlatform, { search: "?kind=other&cursor=x" });
  expect(wrong.status).toBe(400);
});

test("a setting is changed by its version and kept in its range", async () => {
  const put = async (body: object) => send(administrator, putConfig, { method: "PUT", body });
  const key = "token.lifetime_days_max";

  expect((await put({ key, value: 30, version: 0 })).status).toBe(204);
  expect((await put({ key, value: 60, version: 0 })).status).toBe(409);
  const outside = await put({ key, value: 0 });
  expect([outside.status, await outside.json()]).toMatchObject([
    400,
    { field_errors: [{ field: "value", code: "too_small", params: { minimum: 1 } }] },
  ]);
  expect((await put({ key: "constructor", value: 1 })).status).toBe(400);
  const { items } = await (await send(administrator, listConfig)).json();
  expect(items.find((row: { key: string }) => row.key === key)).toMatchObject({
    value: 30,
    source: "database",
  });
});
