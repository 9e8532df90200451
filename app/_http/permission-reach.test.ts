import { expect, test } from "vitest";
import { permissions } from "@/lib/vocabulary/permissions";
import { apiRoutes } from "./api-routes";
import { listOperations } from "./openapi";
import { mapReach } from "./permission-reach";

const operations = await listOperations(apiRoutes());
const reach = mapReach(operations);

test("each permission leads to the operations whose contracts name it", () => {
  expect(reach["system:delete"]).toEqual([
    { method: "DELETE", path: "/api/v1/systems/{id}", summary: "Delete a system without services" },
  ]);
  expect(reach["rbac:manage"].map(({ method, path }) => `${method} ${path}`)).toContain(
    "POST /api/v1/admin/roles",
  );
  expect(Object.keys(reach).sort()).toEqual([...permissions].sort());
});

test("no contract names a permission that does not exist", () => {
  const named = operations.flatMap(({ contract }) => contract.permission?.match(/[a-z_]+:[a-z_]+/g) ?? []);

  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((name) => !permissions.some((permission) => permission === name))).toEqual([]);
});
