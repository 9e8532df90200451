import { describe, expect, test } from "vitest";
import { aSession, aTotpFactor, type PersonContext } from "@/e2e/factories/factor";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { db } from "@/lib/core/db";
import type { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { askPasskey } from "./ask-passkey";
import { issueRecoveryCodes } from "./issue-recovery-codes";
import { enrollPasskey } from "./enroll-passkey";
import { readOwnFactors } from "./queries";
import { removeFactor } from "./remove-factor";
import { resetFactors } from "./reset-factors";

async function somebody(role = "role-viewer"): Promise<PersonContext> {
  return aSession(await aPerson(role), { mfaAt: new Date() });
}

async function aRole(columns: { requireMfa?: boolean; permissions?: string[] }) {
  const id = newId();
  const permissions = { create: (columns.permissions ?? []).map((permission) => ({ permission })) };
  const requireMfa = columns.requireMfa ?? false;
  await db().role.create({
    data: { id, name: id, displayName: `Role ${id.slice(-4)}`, requireMfa, permissions },
    select: { id: true },
  });
  return id;
}

describe("removing one's own factor", () => {
  test("takes a fresh proof, and with the last one the recovery codes go", async () => {
    const ctx = await somebody();
    const [one, other] = [await aTotpFactor(ctx), await aTotpFactor(ctx)];
    await issueRecoveryCodes(ctx);
    const stale = { ...ctx, actor: { ...ctx.actor, mfaAt: null } };
    expect(await removeFactor(stale, { factorId: one.id }).catch(refusalOf)).toBe("MFA_REQUIRED");

    await removeFactor(ctx, { factorId: one.id });
    expect(await readOwnFactors(ctx)).toMatchObject({ items: [{ id: other.id }], recoveryCodesLeft: 10 });
    await removeFactor(ctx, { factorId: other.id });
    expect(await readOwnFactors(ctx)).toMatchObject({ items: [], recoveryCodesLeft: 0 });
    const records = await db().auditLog.findMany({
      where: { correlationId: ctx.requestId, action: "user.mfa_remove" },
      orderBy: { seq: "asc" },
    });
    expect(records.map(({ details }) => details)).toMatchObject([{ left: 1 }, { left: 0 }]);
  });

  test("somebody else's is not there", async () => {
    const theirs = await aTotpFactor(await somebody());
    expect(await removeFactor(await somebody(), { factorId: theirs.id }).catch(refusalOf)).toBe(
      "RESOURCE_NOT_FOUND",
    );
  });

  test("the last one stays while a role demands one, and says which", async () => {
    const ctx = await somebody(await aRole({ requireMfa: true }));
    const [one, other] = [await aTotpFactor(ctx), await aTotpFactor(ctx)];
    await removeFactor(ctx, { factorId: one.id });
    const refusal = await removeFactor(ctx, { factorId: other.id }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "LAST_FACTOR", params: { demandedBy: "role" } });
    expect((refusal as AppError).params["name"]).toMatch(/^Role /);
    await db().roleBinding.updateMany({
      where: { userId: ctx.actor.id },
      data: { expiresAt: new Date(Date.now() - 1000) },
    });
    await removeFactor(ctx, { factorId: other.id });
  });

  test("the last one stays while the platform demands one of everybody", async () => {
    const ctx = await somebody();
    const { id: factorId } = await aTotpFactor(ctx);
    const key = "mfa.required";
    await db().platformSetting.create({
      data: { key, value: true, updatedBy: "test" },
      select: { key: true },
    });
    const refusal = await removeFactor(ctx, { factorId }).catch((error: unknown) => error);
    await db().platformSetting.delete({ where: { key }, select: { key: true } });
    expect(refusal).toMatchObject({ code: "LAST_FACTOR", params: { demandedBy: "setting" } });
    await removeFactor(ctx, { factorId });
  });

  test("the last one stays while the provider demands one of whoever comes by it", async () => {
    const providerId = newId();
    await db().authProvider.create({
      data: {
        id: providerId,
        name: `Directory ${providerId}`,
        authType: "oidc",
        requireMfa: true,
        config: {},
        claimsMapping: {},
        createdBy: "test",
      },
      select: { id: true },
    });
    const ctx = await aSession(await somebody(), { mfaAt: new Date(), provider: providerId });
    const { id: factorId } = await aTotpFactor(ctx);
    expect(await removeFactor(ctx, { factorId }).catch(refusalOf)).toBe("LAST_FACTOR");
    expect(await db().mfaFactor.count({ where: { id: factorId } })).toBe(1);
  });

  test("of two at once for the last two, a demanded one remains", async () => {
    const ctx = await somebody(await aRole({ requireMfa: true }));
    const [one, other] = [await aTotpFactor(ctx), await aTotpFactor(ctx)];
    const answers = await Promise.all(
      [one, other].map(({ id }) => removeFactor(ctx, { factorId: id }).then(() => "removed", refusalOf)),
    );
    expect(answers.toSorted()).toEqual(["LAST_FACTOR", "removed"]);
  });

  test.each([
    [false, "hash", true],
    [true, "hash", false],
    [false, null, false],
  ])("a password that stands alone %s (%s) must be changed: %s", async (standsAlone, passwordHash, must) => {
    const ctx = await somebody();
    const { id: factorId } = await aTotpFactor(ctx);
    await db().user.update({
      where: { id: ctx.actor.id },
      data: { passwordStandsAlone: standsAlone, passwordHash },
      select: { id: true },
    });
    await removeFactor(ctx, { factorId });
    const user = await db().user.findUniqueOrThrow({ where: { id: ctx.actor.id } });
    expect(user.forcePasswordChange).toBe(must);
  });
});

describe("resetting somebody's factors", () => {
  const reason = "lost the phone";

  test("removes them all, ends the sessions, and says why", async () => {
    const owner = await somebody();
    await aTotpFactor(owner);
    await issueRecoveryCodes(owner);
    const admin = await anAdministrator();
    await resetFactors(admin, { userId: owner.actor.id, reason });
    expect(await readOwnFactors(owner)).toMatchObject({ items: [], recoveryCodesLeft: 0 });
    const session = await db().userSession.findUniqueOrThrow({ where: { id: owner.actor.sessionId } });
    expect(session).toMatchObject({ revokedReason: "mfa_reset", revokedBy: admin.actor.id });
    const record = await db().auditLog.findFirstOrThrow({ where: { correlationId: admin.requestId } });
    expect(record).toMatchObject({ action: "user.mfa_remove", details: { reason, removed: 1, ended: 1 } });
  });

  test("takes the permission and a fresh proof", async () => {
    const owner = await somebody();
    await aTotpFactor(owner);
    const userId = owner.actor.id;
    expect(await resetFactors(await somebody(), { userId, reason }).catch(refusalOf)).toBe(
      "PERMISSION_DENIED",
    );
    const admin = await anAdministrator();
    const stale = { ...admin, actor: { ...admin.actor, mfaAt: null } };
    expect(await resetFactors(stale, { userId, reason }).catch(refusalOf)).toBe("MFA_REQUIRED");
    expect((await readOwnFactors(owner)).items).toHaveLength(1);
  });

  test("who manages users does not reset a platform administrator's, an administrator does", async () => {
    const target = await anAdministrator();
    await aTotpFactor(target);
    const input = { userId: target.actor.id, reason };
    const manager = await somebody(await aRole({ permissions: ["user:manage"] }));
    expect(await resetFactors(manager, input).catch(refusalOf)).toBe("PERMISSION_DENIED");
    await resetFactors(await anAdministrator(), input);
    expect(await db().mfaFactor.count({ where: { userId: target.actor.id } })).toBe(0);
  });

  test("is no way around a demand on oneself, and finds nobody who is not there", async () => {
    const admin = await anAdministrator();
    expect(await resetFactors(admin, { userId: admin.actor.id, reason }).catch(refusalOf)).toBe(
      "INVALID_STATE",
    );
    expect(await resetFactors(admin, { userId: "nobody", reason }).catch(refusalOf)).toBe(
      "RESOURCE_NOT_FOUND",
    );
  });
});

test("where the portal is opened by an address and not by a name, passkeys are not offered", async () => {
  const ctx = await somebody();
  expect((await readOwnFactors(ctx)).passkeysPossible).toBe(false);
  expect(await enrollPasskey(ctx, {}).catch(refusalOf)).toBe("CAPABILITY_NOT_SUPPORTED");
  expect(await askPasskey(ctx).catch(refusalOf)).toBe("CAPABILITY_NOT_SUPPORTED");
});
