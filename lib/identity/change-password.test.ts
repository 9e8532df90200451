import { describe, expect, test } from "vitest";
import {
  anAccount,
  aVisitor,
  firstPassword,
  refused,
  signIn,
  whoIs,
  type Account,
} from "@/e2e/factories/account";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { changePassword } from "./change-password";
import { issuePasswordLink } from "./issue-password-link";
import { inTransaction } from "@/lib/core/transaction";
import { readPasswordFacts } from "./queries";

/** Characters that repeat no word, no row and no neighbour. */
const long = (length: number) =>
  Array.from({ length }, (_, at) => String.fromCharCode(97 + ((at * at * 7 + at * 3 + 11) % 26))).join("");

async function signedIn(account: Account): Promise<Context> {
  return {
    ...aVisitor(`198.51.100.${Math.floor(Math.random() * 250)}`),
    actor: (await signIn(account)).person,
  };
}

const change = (ctx: Context, newPassword: string) =>
  changePassword(ctx, { currentPassword: firstPassword, newPassword });

async function withFactor(account: Account): Promise<void> {
  await db().mfaFactor.create({
    data: {
      id: newId(),
      userId: account.id,
      type: "totp",
      name: "Phone",
      secret: {},
      confirmedAt: new Date(),
    },
    select: { id: true },
  });
}

describe("the length of a new password", () => {
  test.each([
    ["fourteen characters", long(14), "too_short"],
    ["257 characters", long(257), "too_long"],
    ["fourteen characters of four bytes each", "🦊🐝🌵🪁🧭🪵🌙🫖🪣🧲🪐🌋🦉🐚", "too_short"],
  ])("%s are refused", async (_what, password, code) => {
    const refusal = await refused(change(await signedIn(await anAccount()), password));
    expect(refusal).toMatchObject({ code: "PASSWORD_REFUSED", fields: [{ field: "newPassword", code }] });
  });

  test("256 are accepted, and every one of them counts", async () => {
    const account = await anAccount();
    const password = long(256);
    await change(await signedIn(account), password);
    expect(await refused(signIn(account, password.slice(0, -1)))).toMatchObject({ code: "LOGIN_FAILED" });
    expect(await signIn(account, password)).toBeTruthy();
  });

  test("eight suffice beside a confirmed second factor, and the account remembers it", async () => {
    const account = await anAccount();
    const ctx = await signedIn(account);
    expect(await readPasswordFacts(ctx)).toMatchObject({ lengthMin: 15 });
    await db().mfaFactor.create({
      data: { id: newId(), userId: account.id, type: "totp", name: "Begun", secret: {} },
      select: { id: true },
    });
    expect(await refused(change(ctx, "q8!vLm#z"))).toMatchObject({ code: "PASSWORD_REFUSED" });
    await withFactor(account);
    expect((await refused(change(ctx, "q8!vLm#"))).fields).toMatchObject([{ params: { minimum: 8 } }]);
    await change(ctx, "q8!vLm#z");
    const standing = () => db().user.findUniqueOrThrow({ where: { id: account.id } });
    expect(await standing()).toMatchObject({ passwordStandsAlone: false });
    await changePassword(ctx, { currentPassword: "q8!vLm#z", newPassword: "a lantern over quiet snow" });
    expect(await standing()).toMatchObject({ passwordStandsAlone: true });
  });
});

test("of two changes at once one is made", async () => {
  const account = await anAccount();
  const ctx = await signedIn(account);
  const words = ["a lantern over quiet snow", "seven geese beyond the mill"];
  const answers = await Promise.allSettled(words.map((word) => change(ctx, word)));
  const made = answers.flatMap(({ status }, at) => (status === "fulfilled" ? [words[at] ?? ""] : []));
  expect(made).toHaveLength(1);
  expect(await signIn(account, made[0])).toBeTruthy();
});

test("guessing the current password of an open session is counted like signing in", async () => {
  const account = await anAccount();
  const ctx = await signedIn(account);
  const guess = () => changePassword(ctx, { currentPassword: "wrong", newPassword: long(20) });
  const answers = await Promise.all(Array.from({ length: 13 }, () => refused(guess())));
  expect(answers.filter(({ code }) => code === "VALIDATION_FAILED")).toHaveLength(10);
  expect(answers.filter(({ code }) => code === "RATE_LIMIT_EXCEEDED")).toHaveLength(3);
});

test("a new password kills a link that was handed out", async () => {
  const account = await anAccount();
  const ctx = await signedIn(account);
  await inTransaction((tx) => issuePasswordLink(tx, ctx, account));
  await change(ctx, "a lantern over quiet snow");
  expect(await db().passwordLink.count({ where: { userId: account.id } })).toBe(0);
});

test("whom another server signs in has no password here to change", async () => {
  const account = await anAccount();
  const session = await signIn(account);
  await db().user.update({ where: { id: account.id }, data: { passwordHash: null, authType: "oidc" } });
  const ctx = { ...aVisitor(), actor: session.person };
  expect(await refused(change(ctx, long(20)))).toMatchObject({
    code: "INVALID_STATE",
    params: { object: "external_account" },
  });
  expect(await whoIs(session)).not.toBeNull();
});
