import { describe, expect, test } from "vitest";
import { anAuthenticator, type Authenticator, type Untruths } from "@/e2e/factories/authenticator";
import { aSession, type PersonContext } from "@/e2e/factories/factor";
import { aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { db } from "@/lib/core/db";
import { askPasskey } from "./ask-passkey";
import { confirmPasskey } from "./confirm-passkey";
import { enrollPasskey } from "./enroll-passkey";
import { readFactorKinds } from "./queries";
import type { WebauthnJson } from "./schema";
import { verifyMfa } from "./verify-mfa";

process.env["PUBLIC_BASE_URL"] = "https://shepherd.example.com";
const place = { origin: "https://shepherd.example.com", rpId: "shepherd.example.com" };

const minute = 60_000;
const refusedNew = "VALIDATION_FAILED response:invalid";
const refusedProof = "VALIDATION_FAILED passkey:invalid";

async function somebody(): Promise<PersonContext> {
  return aSession(await aPerson("role-viewer"));
}

/** What travels is JSON. */
function sent(answer: object): WebauthnJson {
  return JSON.parse(JSON.stringify(answer));
}

async function make(ctx: PersonContext, authenticator: Authenticator, untruths: Untruths = {}) {
  const { options } = await enrollPasskey(ctx, {});
  return confirmPasskey(ctx, { name: "Laptop", response: sent(authenticator.make(options, untruths)) });
}

async function prove(ctx: PersonContext, authenticator: Authenticator, untruths: Untruths = {}) {
  const { options } = await askPasskey(ctx);
  return verifyMfa(ctx, { passkey: sent(authenticator.prove(options, untruths)) });
}

async function withPasskey() {
  const ctx = await somebody();
  const authenticator = anAuthenticator(place);
  await make(ctx, authenticator);
  return { ctx: await aSession(ctx), authenticator };
}

describe("making a passkey", () => {
  test("asks for user verification and no attestation, and gives recovery codes with the first", async () => {
    const ctx = await somebody();
    const { options } = await enrollPasskey(ctx, {});
    expect(options).toMatchObject({
      rp: { id: "shepherd.example.com" },
      attestation: "none",
      authenticatorSelection: { userVerification: "required" },
      excludeCredentials: [],
    });
    const authenticator = anAuthenticator(place);
    const enrolled = await confirmPasskey(ctx, {
      name: "Laptop",
      response: sent(authenticator.make(options)),
    });
    expect(enrolled.recoveryCodes).toHaveLength(10);
    expect(await readFactorKinds(ctx)).toEqual({ app: false, passkey: true, recoveryCode: true });
    const record = await db().auditLog.findFirstOrThrow({ where: { correlationId: ctx.requestId } });
    expect(record).toMatchObject({
      action: "user.mfa_enroll",
      details: { type: "webauthn", name: "Laptop" },
    });
  });

  test("names the person's earlier ones, so that none is made twice", async () => {
    const { ctx, authenticator } = await withPasskey();
    const fresh = await aSession(ctx, { mfaAt: ctx.now });
    const { options } = await enrollPasskey(fresh, {});
    expect(options["excludeCredentials"]).toMatchObject([{ id: authenticator.credentialId }]);
    const same = sent(authenticator.make(options));
    expect(await confirmPasskey(fresh, { name: "Again", response: same }).catch(refusalOf)).toBe(refusedNew);
  });

  test.each<[string, Untruths]>([
    ["another origin", { origin: "https://shepherd.example.com.evil.test" }],
    ["the origin without its scheme's lock", { origin: "http://shepherd.example.com" }],
    ["another party", { rpId: "evil.test" }],
    ["a parent of the party", { rpId: "example.com" }],
    ["another challenge", { challenge: "c2hlcGhlcmQtc2hlcGhlcmQtc2hlcGhlcmQ" }],
    ["no user verification", { userVerified: false }],
    ["nobody present", { userPresent: false }],
    ["the words of an assertion", { type: "webauthn.get" }],
  ])("is refused with %s", async (_what, untruths) => {
    const ctx = await somebody();
    expect(await make(ctx, anAuthenticator(place), untruths).catch(refusalOf)).toBe(refusedNew);
    expect(await db().mfaFactor.count({ where: { userId: ctx.actor.id } })).toBe(0);
  });

  test("is refused with an answer that was sent before, in another session, too late, or for a proof", async () => {
    const ctx = await somebody();
    const { options } = await enrollPasskey(ctx, {});
    const response = sent(anAuthenticator(place).make(options));
    const name = "Laptop";
    expect(await confirmPasskey(await aSession(ctx), { name, response }).catch(refusalOf)).toBe(refusedNew);
    const late = { ...ctx, now: new Date(ctx.now.getTime() + 6 * minute) };
    expect(await confirmPasskey(late, { name, response }).catch(refusalOf)).toBe(refusedNew);
    expect(await verifyMfa(ctx, { passkey: response }).catch(refusalOf)).toBe(refusedProof);
    expect(await confirmPasskey(ctx, { name, response })).toBeTruthy();
    expect(await confirmPasskey(ctx, { name, response }).catch(refusalOf)).toBe(refusedNew);
  });

  test.each([
    {},
    { response: {} },
    { response: { clientDataJSON: "####" } },
    { response: { clientDataJSON: "e30" } },
    { id: 7, rawId: [], type: {}, response: { clientDataJSON: "bnVsbA", attestationObject: "x" } },
  ])("is refused with nonsense: %j", async (response) => {
    expect(
      await confirmPasskey(await somebody(), { name: "x", response: sent(response) }).catch(refusalOf),
    ).toBe(refusedNew);
  });

  test("is refused with a credential that belongs to somebody else", async () => {
    const { authenticator } = await withPasskey();
    expect(await make(await somebody(), authenticator).catch(refusalOf)).toBe(refusedNew);
  });

  test("takes a fresh proof when the person has one already, also in between", async () => {
    const { ctx } = await withPasskey();
    expect(await enrollPasskey(ctx, {}).catch(refusalOf)).toBe("MFA_REQUIRED");
    const fresh = await aSession(ctx, { mfaAt: ctx.now });
    const { options } = await enrollPasskey(fresh, {});
    const response = sent(anAuthenticator(place).make(options));
    const grownStale = { ...fresh, actor: { ...fresh.actor, mfaAt: null } };
    expect(await confirmPasskey(grownStale, { name: "Second", response }).catch(refusalOf)).toBe(
      "MFA_REQUIRED",
    );
  });
});

describe("proving a passkey", () => {
  test("finishes the sign-in, and the record names the passkey", async () => {
    const { ctx, authenticator } = await withPasskey();
    const { options } = await askPasskey(ctx);
    expect(options).toMatchObject({
      rpId: "shepherd.example.com",
      userVerification: "required",
      allowCredentials: [{ id: authenticator.credentialId, transports: ["internal"] }],
    });
    const verified = await verifyMfa(ctx, { passkey: sent(authenticator.prove(options)) });
    expect(verified).toEqual({ pendingStep: null, mfaAt: ctx.now, recoveryCodesLeft: 10 });
    const record = await db().auditLog.findFirstOrThrow({
      where: { correlationId: ctx.requestId, action: "user.mfa_verify" },
    });
    expect(record.details).toMatchObject({ method: "passkey" });
  });

  test.each<[string, Untruths]>([
    ["another origin", { origin: "https://evil.test" }],
    ["another port", { origin: "https://shepherd.example.com:8443" }],
    ["another party", { rpId: "evil.test" }],
    ["another challenge", { challenge: "c2hlcGhlcmQtc2hlcGhlcmQtc2hlcGhlcmQ" }],
    ["no user verification", { userVerified: false }],
    ["nobody present", { userPresent: false }],
    ["a counter that went back", { counter: 1 }],
    ["a counter of zero after others", { counter: 0 }],
    ["a foreign signature", { foreignKey: true }],
    ["the words of a registration", { type: "webauthn.create" }],
  ])("is refused with %s", async (_what, untruths) => {
    const { ctx, authenticator } = await withPasskey();
    expect(await prove(ctx, authenticator, untruths).catch(refusalOf)).toBe(refusedProof);
    const { mfaAt } = await db().userSession.findUniqueOrThrow({ where: { id: ctx.actor.sessionId } });
    expect(mfaAt).toBeNull();
    expect(await prove(ctx, authenticator)).toBeTruthy();
  });

  test("is refused when sent again, at once or later, and from another session", async () => {
    const { ctx, authenticator } = await withPasskey();
    const { options } = await askPasskey(ctx);
    const passkey = sent(authenticator.prove(options));
    expect(await verifyMfa(await aSession(ctx), { passkey }).catch(refusalOf)).toBe(refusedProof);
    const tries = await Promise.all(
      Array.from({ length: 6 }, () => verifyMfa(ctx, { passkey }).then(() => "verified", refusalOf)),
    );
    expect(tries.filter((answer) => answer === "verified")).toHaveLength(1);
    expect(await verifyMfa(ctx, { passkey }).catch(refusalOf)).toBe(refusedProof);
  });

  test("is refused with a challenge whose first answer was wrong", async () => {
    const { ctx, authenticator } = await withPasskey();
    const { options } = await askPasskey(ctx);
    const forged = sent(authenticator.prove(options, { foreignKey: true }));
    expect(await verifyMfa(ctx, { passkey: forged }).catch(refusalOf)).toBe(refusedProof);
    expect(await verifyMfa(ctx, { passkey: sent(authenticator.prove(options)) }).catch(refusalOf)).toBe(
      refusedProof,
    );
  });

  test("is refused five minutes after it was asked for", async () => {
    const { ctx, authenticator } = await withPasskey();
    const { options } = await askPasskey(ctx);
    const late = { ...ctx, now: new Date(ctx.now.getTime() + 5 * minute + 1) };
    expect(await verifyMfa(late, { passkey: sent(authenticator.prove(options)) }).catch(refusalOf)).toBe(
      refusedProof,
    );
  });

  test("is refused with somebody else's passkey, whoever asked for it", async () => {
    const [mine, theirs] = [await withPasskey(), await withPasskey()];
    expect(await prove(mine.ctx, theirs.authenticator).catch(refusalOf)).toBe(refusedProof);
    expect(await askPasskey(await somebody()).catch(refusalOf)).toBe("RESOURCE_NOT_FOUND");
  });

  test("of an authenticator without a counter works again and again", async () => {
    const ctx = await somebody();
    const authenticator = anAuthenticator(place);
    await make(ctx, authenticator, { counter: 0 });
    const session = await aSession(ctx);
    for (let time = 0; time < 3; time += 1) {
      expect(await prove(session, authenticator, { counter: 0 })).toBeTruthy();
    }
  });
});
