import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { apiRoutes } from "./api-routes";
import { describeApi, listOperations, pathOf } from "./openapi";

const operations = await listOperations(apiRoutes());
const document = JSON.parse(JSON.stringify(describeApi(operations)));

/** Doors for other servers and for the browser on its way back from them: their protocols describe them. */
const othersProtocols =
  /auth\/providers\/\[id\]\/(backchannel-logout|callback|metadata)\/|webhooks\/approval-callback\/|external-approval\//;
/** Doors that answer the bytes of a file. */
const fileDoors =
  /template-logos\/\[id\]\/|templates\/\[id\]\/export\/|vms\/\[id\]\/(rdp|screenshot)\/|v1\/vms\.csv\//;

test("every route file of the API is in the document", () => {
  const described = globSync("app/api/v1/**/route.ts").filter(
    (file) => !/openapi\.json|\[\.\.\./.test(file) && !othersProtocols.test(file) && !fileDoors.test(file),
  );
  expect(described.length).toBeGreaterThan(8);
  expect(Object.keys(document.paths).sort()).toEqual(described.map((file) => pathOf(`/${file}`)).sort());
});

test("operations have ids of their own", () => {
  const ids = Object.values<Record<string, { operationId: string }>>(document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("the document speaks the names of the wire", () => {
  const change = document.paths["/api/v1/auth/change-password"].post;
  const schema = change.requestBody.content["application/json"].schema;
  expect(schema).toMatchObject({
    type: "object",
    required: ["current_password", "new_password"],
    additionalProperties: false,
  });
  const sessions =
    document.paths["/api/v1/auth/sessions"].get.responses["200"].content["application/json"].schema;
  expect(sessions.properties.items.items.properties.last_seen_at).toMatchObject({
    type: "string",
    format: "date-time",
  });
  expect(JSON.stringify(document)).not.toMatch(/"(lastSeenAt|currentPassword|nextCursor)"/);
});

test("every reference leads to a part of the document", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path = ""]) => path,
  );
  expect(references.length).toBeGreaterThan(0);
  for (const path of new Set(references)) {
    const target = path.split("/").reduce((part, name) => part?.[name], document);
    expect(target, path).toBeDefined();
  }
});

test("parts of the path are required parameters", () => {
  const [parameter] = document.paths["/api/v1/auth/sessions/{id}"].delete.parameters;
  expect(parameter).toMatchObject({ name: "id", in: "path", required: true });
});
