import { db } from "@/lib/core/db";
import type { ResourceRole } from "@/lib/vocabulary/permissions";
import type { Furniture } from "./furnish-system";
import { allButAdmin, dead, everything, ofRole, plain, type Identity } from "./identity";
import { addToken, aNewPerson, bearerHeader, cookieHeader, newSession } from "./make-people";
import { anAdministrator, endedSessions, unfinishedSignIns } from "./make-unsigned";

/** Everybody the routes are asked by. Those who must not pass would be administrators if anything were overlooked. */
export async function makeIdentities(here: Furniture, elsewhere: Furniture): Promise<Identity[]> {
  return [
    ...(await endedSessions()),
    ...(await unfinishedSignIns()),
    ...(await tokens()),
    ...(await peopleOfSystem(here.systemId)),
    ...(await approvers(here.systemId, elsewhere.systemId)),
    ...(await administrators(here)),
  ];
}

async function tokens(): Promise<Identity[]> {
  const [admin, disabled] = [await anAdministrator(), await anAdministrator()];
  const live = await newSession(admin);
  const past = new Date(Date.now() - 3_600_000);
  const words = {
    revoked: await addToken(admin, { revokedAt: past }),
    expired: await addToken(admin, { expiresAt: past }),
    disabled: await addToken(disabled),
    nothing: await addToken(admin, { isRestricted: true, permissions: [], elevated: true }),
    one: await addToken(admin, { isRestricted: true, permissions: ["vm:read"], elevated: true }),
  };
  await db().user.update({ where: { id: disabled }, data: { enabled: false }, select: { id: true } });
  const program = await aNewPerson({ role: "role-viewer", authType: "service" });
  const programToken = await addToken(program.actor.id);
  const token = { ...plain, isToken: true, isFresh: true };
  // The administrator behind it passes every check of a role; what the token carries is what is asked.
  const ofAdmin = { ...token, role: "owner" } as const;
  const unknown = bearerHeader(`shp_${"A".repeat(43)}`);
  const malformed = { ...cookieHeader(live.cookie), authorization: "Bearer none" };
  return [
    {
      ...dead,
      name: "an unknown token beside a live cookie",
      headers: { ...cookieHeader(live.cookie), ...unknown },
    },
    { ...dead, name: "a malformed token beside a live cookie", headers: malformed },
    { ...dead, name: "a revoked token", headers: bearerHeader(words.revoked.token) },
    { ...dead, name: "a token that ran out", headers: bearerHeader(words.expired.token) },
    { ...dead, name: "a disabled user's token", headers: bearerHeader(words.disabled.token) },
    {
      ...ofAdmin,
      name: "an administrator's token without permissions",
      headers: bearerHeader(words.nothing.token),
    },
    {
      ...ofAdmin,
      name: "an administrator's token for vm:read",
      permissions: ["vm:read"],
      headers: bearerHeader(words.one.token),
    },
    {
      ...token,
      name: "a service account",
      permissions: ofRole("role-viewer"),
      headers: bearerHeader(programToken.token),
    },
  ];
}

async function peopleOfSystem(systemId: string): Promise<Identity[]> {
  const engineer = "role-development-engineer";
  const one = async (name: string, roleId: string, role: ResourceRole | null): Promise<Identity> => {
    const seat = role === null ? {} : { seat: { systemId, role } };
    const { actor } = await aNewPerson({ role: roleId, ...seat });
    const { cookie } = await newSession(actor.id);
    return { ...plain, name, permissions: ofRole(roleId), role, headers: cookieHeader(cookie) };
  };
  const almost = await aNewPerson({ permissions: allButAdmin });
  const almostSession = await newSession(almost.actor.id, { mfaAt: new Date() });
  const all = {
    ...plain,
    name: "a stranger with every permission but one",
    permissions: allButAdmin,
    isFresh: true,
  };
  return [
    await one("a viewer, a stranger", "role-viewer", null),
    await one("an engineer, a stranger", engineer, null),
    { ...all, headers: cookieHeader(almostSession.cookie) },
    await one("a viewer of the system", "role-viewer", "viewer"),
    await one("an engineer who may look", engineer, "viewer"),
    await one("a member", engineer, "member"),
    await one("an admin of the system", engineer, "admin"),
    await one("an owner", engineer, "owner"),
  ];
}

async function approvers(here: string, elsewhere: string): Promise<Identity[]> {
  const permissionsHeld = ofRole("role-approval-admin");
  const one = async (name: string, systemId: string, reach: Identity["reach"]): Promise<Identity> => {
    const { actor } = await aNewPerson({ role: "role-approval-admin", within: systemId });
    const { cookie } = await newSession(actor.id, { mfaAt: new Date() });
    return {
      ...plain,
      name,
      permissions: permissionsHeld,
      reach,
      isFresh: true,
      headers: cookieHeader(cookie),
    };
  };
  return [
    await one("an approver of another system", elsewhere, "elsewhere"),
    await one("an approver of this system", here, "here"),
    await adminWithin(elsewhere),
  ];
}

/** A platform administrator's role bound to one System administers nothing beyond it. */
async function adminWithin(systemId: string): Promise<Identity> {
  const { actor } = await aNewPerson({ role: "role-platform-admin", within: systemId });
  const { cookie } = await newSession(actor.id, { mfaAt: new Date() });
  const name = "an administrator bound to another system";
  return {
    ...plain,
    name,
    permissions: [],
    reach: "elsewhere",
    isFresh: true,
    headers: cookieHeader(cookie),
  };
}

async function administrators(here: Furniture): Promise<Identity[]> {
  const long = new Date(Date.now() - 3_600_000);
  const viewed = await aNewPerson({ role: "role-viewer" });
  const admin = await newSession(await anAdministrator(), { mfaAt: new Date() });
  const stale = await newSession(await anAdministrator(), { mfaAt: long });
  const until = new Date(Date.now() + 3_600_000);
  const asOther = { mfaAt: new Date(), viewAsUntil: until };
  const asViewer = await newSession(await anAdministrator(), { ...asOther, viewAsUserId: viewed.actor.id });
  const asOwner = await newSession(await anAdministrator(), {
    ...asOther,
    viewAsUserId: here.owner.actor.id,
  });
  const engineer = ofRole("role-development-engineer");
  return [
    {
      ...plain,
      name: "a platform administrator",
      permissions: everything,
      isFresh: true,
      headers: cookieHeader(admin.cookie),
    },
    {
      ...plain,
      name: "a platform administrator without a fresh factor",
      permissions: everything,
      headers: cookieHeader(stale.cookie),
    },
    {
      ...plain,
      name: "an administrator viewing as a viewer",
      permissions: ofRole("role-viewer"),
      isViewing: true,
      headers: cookieHeader(asViewer.cookie),
    },
    {
      ...plain,
      name: "an administrator viewing as the owner",
      permissions: engineer,
      role: "owner",
      isViewing: true,
      headers: cookieHeader(asOwner.cookie),
    },
  ];
}
