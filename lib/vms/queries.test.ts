import { expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { aVm } from "@/e2e/factories/vm";
import { readVm, readVmManifest } from "./queries";

const developer = "role-development-engineer";

async function aMachineOf(owner: Awaited<ReturnType<typeof aPerson>>, environment = "test") {
  const service = await aService(owner);
  const cluster = await aCluster({ environment });
  const namespace = await aNamespace({ environment });
  return aVm({ clusterId: cluster.id, namespace: namespace.name, serviceId: service.id, status: "RUNNING" });
}

test("a single machine answers a stranger as if it did not exist", async () => {
  const owner = await aPerson(developer);
  const stranger = await aPerson(developer);
  const { id } = await aMachineOf(owner);

  expect((await readVm(owner, id)).id).toBe(id);
  await expect(readVm(stranger, id)).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
  await expect(readVm(stranger, "no such machine")).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
});

test("an environment outside the person's roles hides its machines, member or not", async () => {
  const owner = await aPerson(developer, { environments: ["test"] });
  const { id } = await aMachineOf(owner, "prod");

  await expect(readVm(owner, id)).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
});

test("the live manifest is for platform administrators", async () => {
  const owner = await aPerson(developer);
  const { id } = await aMachineOf(owner);

  await expect(readVmManifest(owner, id)).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
    params: { permission: "platform:admin" },
  });
});
