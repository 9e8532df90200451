import { randomBytes } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { anAdministrator } from "@/e2e/factories/person";
import { POST as deprecateSize } from "@/app/api/v1/admin/instance-sizes/[name]/deprecate/route";
import {
  DELETE as deleteSize,
  GET as readSize,
  PATCH as patchSize,
} from "@/app/api/v1/admin/instance-sizes/[name]/route";
import { GET as listSizes, POST as postSize } from "@/app/api/v1/admin/instance-sizes/route";
import { GET as listOffered } from "@/app/api/v1/instance-sizes/route";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { hashToken } from "@/lib/identity/check-token";
import type { Route } from "./define-route";

let token: string;
beforeAll(async () => {
  const { actor } = await anAdministrator();
  token = `shp_${randomBytes(32).toString("base64url")}`;
  const expiresAt = new Date(Date.now() + 60_000);
  const columns = { id: newId(), userId: actor.id, name: "ci", createdBy: actor.id, expiresAt };
  await db().apiToken.create({
    data: { ...columns, hash: hashToken(token), permissions: [], isRestricted: false, elevated: true },
    select: { id: true },
  });
});

async function send(route: Route, method: string, { name, search = "", body }: Sent = {}) {
  const request = new Request(`http://portal.example/api${search}`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await route(request, { params: Promise.resolve(name === undefined ? {} : { name }) });
  const text = await response.text();
  return {
    status: response.status,
    location: response.headers.get("location"),
    body: text === "" ? null : JSON.parse(text),
  };
}

interface Sent {
  name?: string;
  search?: string;
  body?: unknown;
}

const model = "spec.template.spec.domain.cpu.model";
const wish = (over: object = {}) => ({
  name: `door-${newId().slice(-8)}`,
  display_name: "Door",
  cpu_cores: 2,
  memory_gi: 4,
  catalog_scope: "all",
  spec_overrides: { [model]: "host-model" },
  ...over,
});

test("a size's life over the API, in the wire's words, with the overrides' own keys kept", async () => {
  const body = wish();
  const { name } = body;
  const made = await send(postSize, "POST", { body });
  expect(made).toMatchObject({ status: 201, location: `/api/v1/admin/instance-sizes/${name}` });

  const read = await send(readSize, "GET", { name });
  expect(read.body).toMatchObject({ cpu_cores: 2, spec_overrides: { [model]: "host-model" }, version: 1 });

  const changed = await send(patchSize, "PATCH", { name, body: { version: 1, memory_gi: 8 } });
  expect(changed).toMatchObject({ status: 200, body: { version: 2 } });
  const late = await send(patchSize, "PATCH", { name, body: { version: 1, memory_gi: 16 } });
  expect(late).toMatchObject({ status: 409, body: { code: "CONFLICT", params: { current_version: 2 } } });

  const page = await send(listSizes, "GET", { search: `?q=${name}&sort_by=memory&per_page=1` });
  expect(page.body).toMatchObject({ items: [{ name, vm_count: 0, pending_count: 0 }] });
  const offered = await send(listOffered, "GET");
  expect(JSON.stringify(offered.body)).toContain(name);
  expect(JSON.stringify(offered.body)).not.toContain("host-model");

  const old = await send(deprecateSize, "POST", { name, body: { message: "old" } });
  expect(old).toMatchObject({ status: 200, body: { version: 3 } });
  expect(await send(deleteSize, "DELETE", { name })).toMatchObject({ status: 400 });
  const gone = await send(deleteSize, "DELETE", { name, search: `?confirm_name=${name}` });
  expect(gone.status).toBe(204);
});

test("a dry run answers with the machine and stores nothing", async () => {
  const body = wish({ min_disk_gb: 200 });
  const { status, location, body: preview } = await send(postSize, "POST", { search: "?dry_run=All", body });

  expect([status, location]).toEqual([201, null]);
  expect(preview).toMatchObject({
    valid: false,
    problems: [{ code: "VALIDATION_FAILED", field: "min_disk_gb", reason: "above_default" }],
    cluster_validation: null,
    rendered_preview: { spec: { template: { spec: { domain: { cpu: { model: "host-model" } } } } } },
  });
  expect(preview.rendered_yaml).toContain("model: host-model");
  expect(await db().instanceSize.count({ where: { name: body.name } })).toBe(0);
});

test.each([
  [{ spec_overrides: { "spec.template.spec.nodeSelector": { a: "b" } } }, "FORBIDDEN_FIELD", 400],
  [{ spec_overrides: { "spec.template.spec.domain.cpu.cores": 9 } }, "INVALID_SPEC_OVERRIDES", 400],
  [{ spec_overrides: { "spec.template.spec.domain.cpu.nonsense": 9 } }, "SCHEMA_VALIDATION_FAILED", 422],
  [{ dedicated_cpu: true, cpu_request: 1 }, "DEDICATED_CPU_OVERCOMMIT", 400],
])("%j is refused as %s, at its field", async (over, code, status) => {
  const { status: answered, body } = await send(postSize, "POST", { body: wish(over) });

  expect([answered, body.code]).toEqual([status, code]);
  expect(body.field_errors[0].field).toMatch(/^(spec_overrides\.spec\.|cpu_request$)/);
  expect(body.message).not.toBe(code);
  expect(body.field_errors[0].message).toMatch(/\.$/);
});
