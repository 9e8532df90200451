import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";

/** Somebody signed in who holds the role, globally, in the environments named. */
export async function aPerson(
  role: string | null,
  { environments = ["test"] }: { environments?: string[] } = {},
): Promise<Context & { actor: Person }> {
  const id = newId();
  const username = `person-${id.slice(-8)}`;
  await db().user.create({ data: { id, username, displayName: username }, select: { id: true } });
  if (role !== null) {
    await db().roleBinding.create({
      data: { id: newId(), userId: id, roleId: role, allowedEnvironments: environments, createdBy: "test" },
      select: { id: true },
    });
  }
  return {
    actor: {
      kind: "person",
      id,
      username,
      displayName: username,
      sessionId: newId(),
      pendingStep: null,
      hasSecondFactor: true,
      mfaAt: new Date(),
      token: null,
      viewedBy: null,
    },
    requestId: newId(),
    now: new Date(),
    address: "127.0.0.1",
    userAgent: "test",
  };
}

export function anAdministrator() {
  return aPerson("role-platform-admin", { environments: ["test", "prod"] });
}
