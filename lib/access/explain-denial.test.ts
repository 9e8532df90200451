import { expect, test } from "vitest";
import { aHolder } from "@/e2e/factories/account";
import { aMember } from "@/e2e/factories/member";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { aVisitor } from "@/e2e/factories/account";
import { aService } from "@/e2e/factories/service";
import { db } from "@/lib/core/db";
import { explainDenial } from "./explain-denial";

const developer = "role-development-engineer";

async function aSystem() {
  const owner = await aPerson(developer);
  const { systemId } = await aService(owner);
  const { name } = await db().system.findUniqueOrThrow({ where: { id: systemId } });
  return { owner, systemId, name };
}

test("where the role is missing, the System's owners and admins can give it, owners first", async () => {
  const { owner, systemId, name } = await aSystem();
  const admin = await aMember({ systemId, role: "admin" });
  const viewer = await aMember({ systemId, role: "viewer" });

  const explanation = await explainDenial(viewer, {
    permission: "vm:create",
    systemId,
    roleNeeded: "member",
  });

  expect(explanation).toEqual({
    missing: "role",
    systemId,
    systemName: name,
    givers: [owner, admin].map(({ actor }) => ({ displayName: actor.displayName, username: actor.username })),
  });
});

test("where the permission is missing, those who give roles can, five at most", async () => {
  const { systemId, name } = await aSystem();
  const manager = await aHolder("rbac:manage");
  for (let count = 0; count < 6; count += 1) await anAdministrator();
  const viewer = await aMember({ systemId, role: "owner", platformRole: "role-viewer" });

  const explanation = await explainDenial(viewer, {
    permission: "vm:create",
    systemId,
    environment: "test",
    roleNeeded: "member",
  });

  expect(explanation).toMatchObject({ missing: "permission", systemName: name });
  expect(explanation.givers).toHaveLength(5);
  expect(explanation.givers[0]?.username).toBe(manager.actor.username);
});

test("the permission may be missing in an environment alone", async () => {
  const person = await aPerson(developer, { environments: ["test"] });
  const missing = async (environment: string) =>
    (await explainDenial(person, { permission: "vm:create", environment, roleNeeded: "member" })).missing;

  expect([await missing("prod"), await missing("test")]).toEqual(["permission", "role"]);
});

test("of a System one may not see nothing is told, neither its name nor its people", async () => {
  const { owner, systemId } = await aSystem();
  const stranger = await aPerson(developer);
  const denied = { permission: "system:read", roleNeeded: "viewer" } as const;

  const explanation = await explainDenial(stranger, { ...denied, systemId });

  expect(explanation).toEqual(await explainDenial(stranger, { ...denied, systemId: "nowhere" }));
  expect(explanation).toMatchObject({ systemId: null, systemName: null });
  expect(explanation.givers.map(({ username }) => username)).not.toContain(owner.actor.username);
});

test("disabled people and those whose role has ended are not asked", async () => {
  const { owner, systemId } = await aSystem();
  const gone = await aMember({ systemId, role: "admin", expiresAt: new Date(Date.now() - 1000) });
  const disabled = await aMember({ systemId, role: "admin" });
  await db().user.update({ where: { id: disabled.actor.id }, data: { enabled: false } });
  const viewer = await aMember({ systemId, role: "viewer" });

  const { givers } = await explainDenial(viewer, { permission: "vm:create", systemId, roleNeeded: "member" });

  expect(givers.map(({ username }) => username)).toEqual([owner.actor.username]);
  expect(givers.map(({ username }) => username)).not.toContain(gone.actor.username);
});

test("who is nobody is told nothing", async () => {
  expect(await explainDenial(aVisitor(), { permission: "vm:read" }).catch(refusalOf)).toBe("UNAUTHORIZED");
});
