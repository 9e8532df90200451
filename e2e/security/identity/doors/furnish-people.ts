import { db } from "@/lib/core/db";
import { addToken, aNewPerson, newSession } from "./make-people";

/** A member of the System, an account of the platform, and a program's account, each with what belongs to it. */
export async function somePeople(systemId: string) {
  const member = await aNewPerson({ role: "role-viewer", seat: { systemId, role: "viewer" } });
  const account = await aNewPerson({ role: "role-viewer" });
  const program = await aNewPerson({ role: "role-viewer", authType: "service" });
  const binding = await db().roleBinding.findFirstOrThrow({
    where: { userId: account.actor.id },
    select: { id: true },
  });
  const memberBinding = await db().resourceRoleBinding.findFirstOrThrow({
    where: { userId: member.actor.id },
    select: { id: true },
  });
  return {
    memberId: member.actor.id,
    memberBindingId: memberBinding.id,
    accountId: account.actor.id,
    accountSessionId: (await newSession(account.actor.id)).id,
    accountTokenId: (await addToken(account.actor.id)).id,
    accountBindingId: binding.id,
    serviceAccountId: program.actor.id,
    serviceTokenId: (await addToken(program.actor.id)).id,
  };
}
