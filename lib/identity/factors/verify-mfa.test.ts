import { describe, expect, test } from "vitest";
import { aSession, aTotpFactor, codeAt, type PersonContext } from "@/e2e/factories/factor";
import { aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { requireStepUp } from "@/lib/access/require-step-up";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { readSessionPerson } from "../check-session";
import { signInWithPassword } from "../sign-in-with-password";
import { issueRecoveryCodes } from "./issue-recovery-codes";
import { readFactorKinds } from "./queries";
import { factorAttempt, verifyMfa } from "./verify-mfa";

const minute = 60_000;

async function somebody(): Promise<PersonContext> {
  return aSession(await aPerson("role-viewer"));
}

function later(ctx: PersonContext, minutes: number): PersonContext {
  return { ...ctx, now: new Date(ctx.now.getTime() + minutes * minute) };
}

/** The context a door would make of the session's row now. */
async function again(ctx: PersonContext): Promise<PersonContext> {
  return { ...ctx, actor: await readSessionPerson(db(), ctx, ctx.actor.sessionId) };
}

describe("a code of an authenticator app", () => {
  test("finishes the sign-in and is recorded without the code", async () => {
    const ctx = await somebody();
    const { id, codeAt: at } = await aTotpFactor(ctx);
    expect((await again(ctx)).actor.pendingStep).toBe("verify_mfa");
    const code = at(ctx.now);
    expect(await verifyMfa(ctx, { code })).toEqual({
      pendingStep: null,
      mfaAt: ctx.now,
      recoveryCodesLeft: 0,
    });
    expect((await again(ctx)).actor).toMatchObject({ pendingStep: null, mfaAt: ctx.now });
    const records = await db().auditLog.findMany({ where: { correlationId: ctx.requestId } });
    expect(records).toMatchObject([
      { action: "user.mfa_verify", outcome: "success", details: { method: "app", factorId: id } },
    ]);
    expect(JSON.stringify(records.map(({ details }) => details))).not.toContain(code);
  });

  test("works once: of twenty at the same time exactly one", async () => {
    const ctx = await somebody();
    await allowTries(100);
    const factor = await aTotpFactor(ctx);
    const code = factor.codeAt(ctx.now);
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => verifyMfa(ctx, { code }).then(() => "verified", refusalOf)),
    );
    await allowTries(null);
    expect(tries.filter((answer) => answer === "verified")).toHaveLength(1);
    expect(tries.filter((answer) => answer === "VALIDATION_FAILED code:wrong_code")).toHaveLength(19);
    expect(await db().auditLog.count({ where: { action: "user.mfa_verify", actorId: ctx.actor.id } })).toBe(
      1,
    );
    expect(await db().auditLog.count({ where: { action: "user.mfa_failed", actorId: ctx.actor.id } })).toBe(
      19,
    );
  });

  test("is refused once a later one was accepted, and when its time has passed", async () => {
    const ctx = await somebody();
    const { codeAt: at } = await aTotpFactor(ctx);
    const before = at(new Date(ctx.now.getTime() - 30_000));
    await verifyMfa(ctx, { code: at(ctx.now) });
    expect(await verifyMfa(ctx, { code: before }).catch(refusalOf)).toBe("VALIDATION_FAILED code:wrong_code");
    expect(await verifyMfa(later(ctx, 5), { code: at(later(ctx, 2).now) }).catch(refusalOf)).toBe(
      "VALIDATION_FAILED code:wrong_code",
    );
  });

  test("is good with any of several apps, each for itself", async () => {
    const ctx = await somebody();
    const [one, other] = [await aTotpFactor(ctx), await aTotpFactor(ctx)];
    await verifyMfa(ctx, { code: one.codeAt(ctx.now) });
    expect(await verifyMfa(ctx, { code: other.codeAt(ctx.now) })).toBeTruthy();
  });

  test("of an app that was never confirmed, or of somebody else's, is refused in the same words", async () => {
    const ctx = await somebody();
    const begun = await aTotpFactor(ctx);
    await db().mfaFactor.update({
      where: { id: begun.id },
      data: { confirmedAt: null },
      select: { id: true },
    });
    const foreign = await aTotpFactor(await somebody());
    for (const code of [begun.codeAt(ctx.now), foreign.codeAt(ctx.now), "000000", "nonsense"]) {
      expect(await verifyMfa(ctx, { code }).catch(refusalOf)).toBe("VALIDATION_FAILED code:wrong_code");
    }
    expect((await again(ctx)).actor.mfaAt).toBeNull();
  });

  test("does not open with a secret that was moved from another factor", async () => {
    const ctx = await somebody();
    const [mine, other] = [await aTotpFactor(ctx), await aTotpFactor(await somebody())];
    const { secret } = await db().mfaFactor.findUniqueOrThrow({ where: { id: other.id } });
    await db().mfaFactor.update({
      where: { id: mine.id },
      data: { secret: secret as object },
      select: { id: true },
    });
    await expect(verifyMfa(ctx, { code: codeAt(other.secret, ctx.now) })).rejects.not.toBeInstanceOf(
      AppError,
    );
    expect((await again(ctx)).actor.mfaAt).toBeNull();
  });
});

async function allowTries(limit: number | null) {
  const key = "login.failures_per_account";
  await db().platformSetting.deleteMany({ where: { key } });
  if (limit !== null)
    await db().platformSetting.create({
      data: { key, value: limit, updatedBy: "test" },
      select: { key: true },
    });
}

describe("guessing", () => {
  test("ends after ten tries in a quarter of an hour, and the right code waits too", async () => {
    const ctx = await somebody();
    const factor = await aTotpFactor(ctx);
    const answers = await Promise.all(
      Array.from({ length: 14 }, () => verifyMfa(ctx, { code: "000000" }).catch(refusalOf)),
    );
    expect(answers.filter((answer) => answer === "VALIDATION_FAILED code:wrong_code")).toHaveLength(10);
    expect(answers.filter((answer) => answer === "RATE_LIMIT_EXCEEDED")).toHaveLength(4);
    expect(await verifyMfa(ctx, { code: factor.codeAt(ctx.now) }).catch(refusalOf)).toBe(
      "RATE_LIMIT_EXCEEDED",
    );
    const elsewhere = await aSession(ctx);
    const moved = { ...elsewhere, address: "198.51.100.7" };
    expect(await verifyMfa(moved, { code: factor.codeAt(ctx.now) }).catch(refusalOf)).toBe(
      "RATE_LIMIT_EXCEEDED",
    );
    expect(await verifyMfa(moved, { recoveryCode: "0000-0000-0000-0000" }).catch(refusalOf)).toBe(
      "RATE_LIMIT_EXCEEDED",
    );

    await db()
      .$executeRaw`UPDATE rate_limit_counters SET window_start = window_start - interval '16 minutes'`;
    expect(await verifyMfa(ctx, { code: factor.codeAt(ctx.now) })).toBeTruthy();
  });

  test("cannot be used up for somebody at the sign-in form", async () => {
    const ctx = await somebody();
    const factor = await aTotpFactor(ctx);
    const { account } = factorAttempt(ctx, ctx.actor);
    expect(account.length).toBeGreaterThan(64);
    const anonymous = { ...ctx, actor: { kind: "anonymous" }, address: "203.0.113.50" } as const;
    for (let guess = 0; guess < 11; guess += 1) {
      const username = account.slice(0, 64);
      await signInWithPassword(anonymous, { username, password: "x" }).catch(refusalOf);
    }
    expect(await verifyMfa(ctx, { code: factor.codeAt(ctx.now) })).toBeTruthy();
  });

  test("a success forgets the failures before it", async () => {
    const ctx = await somebody();
    const factor = await aTotpFactor(ctx);
    for (let round = 0; round < 3; round += 1) {
      const then = later(ctx, round * 2);
      for (let guess = 0; guess < 6; guess += 1) await verifyMfa(then, { code: "000000" }).catch(refusalOf);
      expect(await verifyMfa(then, { code: factor.codeAt(then.now) })).toBeTruthy();
    }
  });
});

describe("a recovery code", () => {
  async function withCodes() {
    const ctx = await aSession(await somebody(), { mfaAt: new Date() });
    await aTotpFactor(ctx);
    const { recoveryCodes } = await issueRecoveryCodes(ctx);
    return { ctx: await aSession(ctx), recoveryCodes };
  }

  test("stands in for the app once, however many times at once", async () => {
    const { ctx, recoveryCodes } = await withCodes();
    const recoveryCode = (recoveryCodes[3] ?? "").toUpperCase();
    const tries = await Promise.all(
      Array.from({ length: 8 }, () => verifyMfa(ctx, { recoveryCode }).then((done) => done, refusalOf)),
    );
    const done = tries.filter((answer) => typeof answer === "object");
    expect(done).toEqual([{ pendingStep: null, mfaAt: ctx.now, recoveryCodesLeft: 9 }]);
    expect(await verifyMfa(ctx, { recoveryCode: recoveryCodes[0] })).toMatchObject({ recoveryCodesLeft: 8 });
  });

  test("is refused from somebody else's sheet, and from an older one", async () => {
    const { ctx, recoveryCodes } = await withCodes();
    const { recoveryCodes: foreign } = await withCodes();
    await issueRecoveryCodes({ ...ctx, actor: { ...ctx.actor, mfaAt: ctx.now } });
    for (const recoveryCode of [recoveryCodes[0] ?? "", foreign[0] ?? "", "nonsense"]) {
      expect(await verifyMfa(ctx, { recoveryCode }).catch(refusalOf)).toBe(
        "VALIDATION_FAILED recoveryCode:wrong_code",
      );
    }
  });

  test("new ones take a fresh proof and a factor to recover", async () => {
    const { ctx } = await withCodes();
    expect(await issueRecoveryCodes(ctx).catch(refusalOf)).toBe("MFA_REQUIRED");
    const without = await aSession(await somebody(), { mfaAt: new Date() });
    expect(await issueRecoveryCodes(without).catch(refusalOf)).toBe("RESOURCE_NOT_FOUND");
  });
});

describe("what asks for a fresh second factor", () => {
  const stepUp = (ctx: PersonContext) =>
    inTransaction((tx) => requireStepUp(tx, ctx, "approve_in_production")).then(() => "passed", refusalOf);

  test("passes for ten minutes after a proof, and again after the next one", async () => {
    const ctx = await somebody();
    const factor = await aTotpFactor(ctx);
    expect(await stepUp(ctx)).toBe("MFA_REQUIRED");
    await verifyMfa(ctx, { code: factor.codeAt(ctx.now) });
    const proved = await again(ctx);
    expect(await stepUp(later(proved, 9))).toBe("passed");
    expect(await stepUp(later(proved, 11))).toBe("MFA_REQUIRED");
    const then = later(ctx, 11);
    await verifyMfa(then, { code: factor.codeAt(then.now) });
    expect(await stepUp(await again(then))).toBe("passed");
  });

  test("is proved for this session only", async () => {
    const ctx = await somebody();
    const factor = await aTotpFactor(ctx);
    const elsewhere = await aSession(ctx);
    await verifyMfa(ctx, { code: factor.codeAt(ctx.now) });
    expect(await stepUp(await again(elsewhere))).toBe("MFA_REQUIRED");
  });
});

test("who cannot prove anything is offered nothing", async () => {
  const ctx = await somebody();
  expect(await readFactorKinds(ctx)).toEqual({ app: false, passkey: false, recoveryCode: false });
  await aTotpFactor(ctx);
  expect(await readFactorKinds(ctx)).toEqual({ app: true, passkey: false, recoveryCode: false });
});

test("a proof for a session that has ended is refused", async () => {
  const ctx = await somebody();
  const factor = await aTotpFactor(ctx);
  await db().userSession.update({
    where: { id: ctx.actor.sessionId },
    data: { revokedAt: ctx.now },
    select: { id: true },
  });
  expect(await verifyMfa(ctx, { code: factor.codeAt(ctx.now) }).catch(refusalOf)).toBe("SESSION_EXPIRED");
});
