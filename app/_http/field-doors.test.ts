import { expect, test } from "vitest";
import { GET as readMask } from "@/app/api/v1/mask/route";
import { GET as readFields } from "@/app/api/v1/schemas/[entity]/route";
import { fieldMasks } from "@/lib/catalog/fields/exposed-fields";
import type { Route } from "./define-route";

async function get(route: Route, query: string, entity?: string) {
  const request = new Request(`http://127.0.0.1:3000/api/v1/x${query}`);
  const response = await route(request, { params: Promise.resolve(entity === undefined ? {} : { entity }) });
  return {
    status: response.status,
    cache: response.headers.get("cache-control"),
    body: await response.json(),
  };
}

test("anybody reads a form's fields of a minor, with types and allowed values", async () => {
  const { status, cache, body } = await get(readFields, "?minor=1.5", "instance_size");
  expect([status, cache]).toEqual([200, "public, max-age=3600"]);
  expect(body).toMatchObject({ entity: "instance_size", minor: "1.5", wanted: "1.5", source: "bundled" });
  const quick: { path: string }[] = body.quick;
  expect(quick.map(({ path }) => path)).toEqual(fieldMasks.instance_size.quick);
  expect(body.quick[0]).toMatchObject({ name: "cores", type: "integer", minimum: 1, required: false });
  expect(body.quick[2]).toMatchObject({ type: "enum", options: ["2Mi", "1Gi"] });
  expect(JSON.stringify(body).length).toBeLessThan(150_000);
});

test("a minor that is not known yet is answered by the nearest, for a short time", async () => {
  const { body, cache } = await get(readFields, "?minor=v1.6.1", "template");
  expect(body).toMatchObject({ minor: "1.5", wanted: "1.6", source: "fallback" });
  expect(cache).toBe("public, max-age=30");
});

test("the mask is paths in order", async () => {
  const { body } = await get(readMask, "?entity=template");
  expect(body).toEqual({ entity: "template", ...fieldMasks.template });
});

test.each([
  ["?minor=1.5", "user"],
  ["?minor=latest", "template"],
  ["?minor=" + "1".repeat(100), "template"],
  ["?version=1.5", "template"],
])("%s of %s is refused", async (query, entity) => {
  expect((await get(readFields, query, entity)).status).toBe(400);
});
