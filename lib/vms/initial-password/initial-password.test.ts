import { describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aMember } from "@/e2e/factories/member";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { makeInitialPassword } from "@/lib/catalog/templates/make-initial-password";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { keepInitialPassword } from "./keep-initial-password";
import { findInitialPassword, readInitialPasswordStatus } from "./queries";
import { revealInitialPassword } from "./reveal-initial-password";

/** A machine with a first password, whoever asked for it, an owner, another member and a viewer of its System. */
async function aMachine() {
  const cluster = await aCluster();
  const namespace = await aNamespace();
  const vm = await aVm({ clusterId: cluster.id, namespace: namespace.name });
  const { serviceId } = await db().vm.findUniqueOrThrow({ where: { id: vm.id } });
  const { systemId } = await db().service.findUniqueOrThrow({ where: { id: serviceId } });
  const [creator, member, viewer, owner] = await Promise.all([
    aMember({ systemId, role: "member" }),
    aMember({ systemId, role: "member" }),
    aMember({ systemId, role: "viewer" }),
    aMember({ systemId, role: "owner" }),
  ]);
  await db().vm.update({ where: { id: vm.id }, data: { createdBy: creator.actor.id } });
  const { password, hash } = makeInitialPassword();
  await inTransaction((tx) => keepInitialPassword(tx, vm.id, { username: "ubuntu", password }));
  return { vmId: vm.id, password, hash, creator, member, viewer, owner };
}

describe("a machine's first password", () => {
  test("is told once to whoever asked for the machine, and is gone from the database then", async () => {
    const { vmId, password, creator } = await aMachine();
    expect(await readInitialPasswordStatus(creator, vmId)).toMatchObject({
      state: "waiting",
      username: "ubuntu",
    });
    const kept = await db().vmInitialPassword.findUniqueOrThrow({ where: { vmId } });
    expect(JSON.stringify(kept)).not.toContain(password);

    expect(await revealInitialPassword(creator, { vmId })).toEqual({ username: "ubuntu", password });

    const row = await db().vmInitialPassword.findUniqueOrThrow({ where: { vmId } });
    expect(row).toMatchObject({ envelope: null, revealedBy: creator.actor.id, revealedAt: creator.now });
    await expect(revealInitialPassword(creator, { vmId })).rejects.toMatchObject({ code: "INVALID_STATE" });
    const records = await db().auditLog.findMany({
      where: { resourceId: vmId, action: "vm.password_reveal" },
    });
    expect(records).toHaveLength(1);
    expect(JSON.stringify(records.map(({ details }) => details))).not.toContain(password);
    expect(await readInitialPasswordStatus(creator, vmId)).toMatchObject({ state: "revealed" });
  });

  test("of many who ask at the same moment one has it", async () => {
    const { vmId, creator, owner } = await aMachine();

    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => revealInitialPassword(index % 2 ? creator : owner, { vmId })),
    );

    expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db().auditLog.count({ where: { resourceId: vmId, action: "vm.password_reveal" } })).toBe(1);
  });

  test("an owner of the System has it too, other members do not, and strangers learn of no machine", async () => {
    const { vmId, password, member, viewer, owner } = await aMachine();
    const stranger = await aPerson("role-development-engineer");

    await expect(revealInitialPassword(member, { vmId })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
    await expect(revealInitialPassword(viewer, { vmId })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
    });
    await expect(revealInitialPassword(stranger, { vmId })).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
    await expect(readInitialPasswordStatus(stranger, vmId)).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
    expect(await findInitialPassword(member, vmId)).toMatchObject({ state: "none" });
    expect((await revealInitialPassword(owner, { vmId })).password).toBe(password);
  });

  test("whoever asked and has left the System does not have it any more", async () => {
    const { vmId, creator } = await aMachine();
    await db().resourceRoleBinding.deleteMany({ where: { userId: creator.actor.id } });

    await expect(revealInitialPassword(creator, { vmId })).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
  });

  test("a machine without one says so, and a sealed one opens for its own machine alone", async () => {
    const first = await aMachine();
    const second = await aMachine();
    const administrator = await anAdministrator();
    const { envelope } = await db().vmInitialPassword.findUniqueOrThrow({ where: { vmId: first.vmId } });
    await db().vmInitialPassword.update({ where: { vmId: second.vmId }, data: { envelope: envelope ?? {} } });

    await expect(revealInitialPassword(second.creator, { vmId: second.vmId })).rejects.toThrow();
    await db().vmInitialPassword.delete({ where: { vmId: second.vmId } });
    await expect(revealInitialPassword(second.creator, { vmId: second.vmId })).rejects.toMatchObject({
      code: "RESOURCE_NOT_FOUND",
    });
    expect(await findInitialPassword(administrator, second.vmId)).toMatchObject({ state: "none" });
  });

  test("goes with its machine", async () => {
    const { vmId } = await aMachine();

    await db().vm.delete({ where: { id: vmId } });

    expect(await db().vmInitialPassword.count({ where: { vmId } })).toBe(0);
  });
});
