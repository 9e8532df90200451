import pg from "pg";
import { expect, test, vi } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { aVm } from "@/e2e/factories/vm";
import { createService } from "@/lib/systems/create-service";
import { readTopology } from "./queries";

const developer = "role-development-engineer";

async function aPlace(environment = "test") {
  const [cluster, namespace] = await Promise.all([aCluster({ environment }), aNamespace({ environment })]);
  return { clusterId: cluster.id, namespace: namespace.name };
}

test("services with their machines, those that need somebody first, the rest as a number", async () => {
  const owner = await aPerson(developer);
  const service = await aService(owner);
  const empty = await createService(owner, { systemId: service.systemId, name: "idle", description: "" });
  const place = await aPlace();
  for (let index = 0; index < 55; index += 1)
    await aVm({
      ...place,
      serviceId: service.id,
      name: `vm-${100 + index}`,
      status: index === 54 ? "FAILED" : "RUNNING",
    });

  const { services, hasMoreServices } = await readTopology(owner, service.systemId);
  expect(services.map(({ name, vms, moreVms }) => [name, vms.length, moreVms])).toEqual([
    [empty.name, 0, 0],
    [service.name, 50, 5],
  ]);
  expect(services[1]?.vms.slice(0, 2).map(({ name, status }) => [name, status])).toEqual([
    ["vm-154", "FAILED"],
    ["vm-100", "RUNNING"],
  ]);
  expect(hasMoreServices).toBe(false);
});

test("whatever its size, a System is read in one statement", async () => {
  const owner = await aPerson(developer);
  const service = await aService(owner);
  const place = await aPlace();
  for (let index = 0; index < 6; index += 1)
    await aVm({ ...place, serviceId: service.id, status: "RUNNING" });
  const sent = vi.spyOn(pg.Client.prototype, "query");
  await readTopology(owner, service.systemId);
  expect(sent).toHaveBeenCalledTimes(1);
  sent.mockRestore();
});

test("a stranger sees nothing, and a member nothing of an environment outside their roles", async () => {
  const owner = await aPerson(developer, { environments: ["test"] });
  const stranger = await aPerson(developer);
  const service = await aService(owner);
  await aVm({ ...(await aPlace("prod")), serviceId: service.id, status: "RUNNING" });

  expect((await readTopology(owner, service.systemId)).services[0]?.vms).toEqual([]);
  expect((await readTopology(stranger, service.systemId)).services).toEqual([]);
});
