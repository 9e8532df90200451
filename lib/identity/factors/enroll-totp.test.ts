import { describe, expect, test } from "vitest";
import { aSession, aTotpFactor, codeAt, type PersonContext } from "@/e2e/factories/factor";
import { aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { checkSession } from "../check-session";
import { signSessionCookie } from "../sign-session-cookie";
import { hashPassword } from "../verify-password";
import { db } from "@/lib/core/db";
import { confirmTotp } from "./confirm-totp";
import { enrollTotp } from "./enroll-totp";
import { readOwnFactors } from "./queries";
import { factorsMax } from "./rules";

const password = "tin roof, cold rain, 4 kites";
const minute = 60_000;

async function somebody({ withPassword = false } = {}): Promise<PersonContext> {
  const ctx = await aPerson("role-viewer");
  if (withPassword) {
    const passwordHash = await hashPassword(password);
    await db().user.update({ where: { id: ctx.actor.id }, data: { passwordHash }, select: { id: true } });
  }
  return aSession(ctx);
}

const live = async ({ actor, now }: PersonContext) => {
  const anonymous = {
    actor: { kind: "anonymous" },
    requestId: "test",
    now,
    address: null,
    userAgent: null,
  } as const;
  const expiresAt = new Date(now.getTime() + 86_400_000);
  const cookie = await signSessionCookie({ id: actor.sessionId, userId: actor.id, expiresAt });
  return checkSession(anonymous, cookie);
};

describe("the first authenticator app", () => {
  test("counts from its confirmation on, gives ten recovery codes, and ends the other sessions", async () => {
    const ctx = await somebody();
    const elsewhere = await aSession(ctx);
    const begun = await enrollTotp(ctx, { name: "Phone", password: undefined });
    expect(begun.uri).toBe(
      `otpauth://totp/Shepherd:${ctx.actor.username}%40127.0.0.1?secret=${begun.secret}&issuer=Shepherd`,
    );
    expect(begun.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect((await live(ctx))?.hasSecondFactor).toBe(false);

    const { recoveryCodes } = await confirmTotp(ctx, {
      factorId: begun.factorId,
      code: codeAt(begun.secret, ctx.now),
    });

    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await live(ctx)).toMatchObject({ hasSecondFactor: true, mfaAt: ctx.now, pendingStep: null });
    expect(await live(elsewhere)).toBeNull();
    const records = await db().auditLog.findMany({ where: { correlationId: ctx.requestId } });
    expect(records).toMatchObject([
      { action: "user.mfa_enroll", details: { type: "totp", name: "Phone", othersEnded: 1 } },
    ]);
    expect(JSON.stringify(records.map(({ details }) => details))).not.toContain(begun.secret);
  });

  test("keeps its secret sealed and its recovery codes hashed", async () => {
    const ctx = await somebody();
    const begun = await enrollTotp(ctx, { name: "Phone", password: undefined });
    const { recoveryCodes } = await confirmTotp(ctx, {
      factorId: begun.factorId,
      code: codeAt(begun.secret, ctx.now),
    });
    const stored = JSON.stringify([
      await db().mfaFactor.findMany({ where: { userId: ctx.actor.id }, select: { secret: true } }),
      await db().mfaRecoveryCode.findMany({ where: { userId: ctx.actor.id } }),
    ]);
    for (const secret of [begun.secret, ...(recoveryCodes ?? [])]) expect(stored).not.toContain(secret);
  });

  test.each([
    [undefined, "VALIDATION_FAILED password:required"],
    ["", "VALIDATION_FAILED password:required"],
    ["not this one", "VALIDATION_FAILED password:wrong_password"],
  ])("asks for the account's password and refuses %s", async (given, refusal) => {
    const ctx = await somebody({ withPassword: true });
    expect(await enrollTotp(ctx, { name: "Phone", password: given }).catch(refusalOf)).toBe(refusal);
    expect(await db().mfaFactor.count({ where: { userId: ctx.actor.id } })).toBe(0);
    expect(await enrollTotp(ctx, { name: "Phone", password })).toHaveProperty("secret");
  });

  test("is guessed at no more often than the password is at the sign-in", async () => {
    const ctx = await somebody({ withPassword: true });
    const guesses = Array.from({ length: 12 }, () =>
      enrollTotp(ctx, { name: "Phone", password: "wrong" }).catch(refusalOf),
    );
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => answer === "RATE_LIMIT_EXCEEDED")).toHaveLength(2);
  });
});

describe("confirming", () => {
  test("refuses a wrong code and lets try again", async () => {
    const ctx = await somebody();
    const { factorId, secret } = await enrollTotp(ctx, { name: "Phone", password: undefined });
    const wrong = codeAt(secret, new Date(ctx.now.getTime() - 10 * minute));
    expect(await confirmTotp(ctx, { factorId, code: wrong }).catch(refusalOf)).toBe(
      "VALIDATION_FAILED code:wrong_code",
    );
    expect(await confirmTotp(ctx, { factorId, code: codeAt(secret, ctx.now) })).toBeTruthy();
  });

  test("is nobody else's to do, and too late after a quarter of an hour", async () => {
    const ctx = await somebody();
    const { factorId, secret } = await enrollTotp(ctx, { name: "Phone", password: undefined });
    const code = codeAt(secret, ctx.now);
    expect(await confirmTotp(await somebody(), { factorId, code }).catch(refusalOf)).toBe(
      "RESOURCE_NOT_FOUND",
    );
    const late = { ...ctx, now: new Date(ctx.now.getTime() + 16 * minute) };
    expect(await confirmTotp(late, { factorId, code: codeAt(secret, late.now) }).catch(refusalOf)).toBe(
      "RESOURCE_NOT_FOUND",
    );
  });

  test("happens once, however many times at once", async () => {
    const ctx = await somebody();
    const { factorId, secret } = await enrollTotp(ctx, { name: "Phone", password: undefined });
    const code = codeAt(secret, ctx.now);
    const tries = await Promise.all(
      Array.from({ length: 5 }, () =>
        confirmTotp(ctx, { factorId, code }).then(() => "confirmed", refusalOf),
      ),
    );
    expect(tries.filter((answer) => answer === "confirmed")).toHaveLength(1);
    expect(await db().mfaRecoveryCode.count({ where: { userId: ctx.actor.id } })).toBe(10);
  });
});

describe("a further factor", () => {
  test("takes a fresh proof and gives no new recovery codes", async () => {
    const ctx = await somebody();
    await aTotpFactor(ctx);
    expect(await enrollTotp(ctx, { name: "Tablet", password: undefined }).catch(refusalOf)).toBe(
      "MFA_REQUIRED",
    );
    const stale = await aSession(ctx, { mfaAt: new Date(ctx.now.getTime() - 11 * minute) });
    expect(await enrollTotp(stale, { name: "Tablet", password: undefined }).catch(refusalOf)).toBe(
      "MFA_REQUIRED",
    );

    const fresh = await aSession(ctx, { mfaAt: new Date(ctx.now.getTime() - 9 * minute) });
    const { factorId, secret } = await enrollTotp(fresh, { name: "Tablet", password: undefined });
    const code = codeAt(secret, ctx.now);
    const grownStale = {
      ...fresh,
      actor: { ...fresh.actor, mfaAt: new Date(ctx.now.getTime() - 11 * minute) },
    };
    expect(await confirmTotp(grownStale, { factorId, code }).catch(refusalOf)).toBe("MFA_REQUIRED");
    expect(await confirmTotp(fresh, { factorId, code })).toEqual({ recoveryCodes: null });
    expect((await readOwnFactors(fresh)).items).toHaveLength(2);
  });

  test("is the tenth at most", async () => {
    const ctx = await aSession(await somebody(), { mfaAt: new Date() });
    for (let held = 0; held < factorsMax; held += 1) await aTotpFactor(ctx);
    expect(await enrollTotp(ctx, { name: "One more", password: undefined }).catch(refusalOf)).toBe(
      "VALIDATION_FAILED name:too_many",
    );
  });
});

test("a token enrols nothing, nor does who looks at the portal as somebody else", async () => {
  const { actor, ...ctx } = await somebody();
  const token = { permissions: null, environments: null, elevated: true };
  const viewedBy = { id: "admin", username: "admin", displayName: "Admin" };
  const input = { name: "Phone", password: undefined };
  expect(await enrollTotp({ ...ctx, actor: { ...actor, token } }, input).catch(refusalOf)).toBe(
    "PERMISSION_DENIED",
  );
  expect(await enrollTotp({ ...ctx, actor: { ...actor, viewedBy } }, input).catch(refusalOf)).toBe(
    "VIEW_ONLY",
  );
});
