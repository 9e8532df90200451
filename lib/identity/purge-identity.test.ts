import { expect, test } from "vitest";
import { aSignedIn } from "@/e2e/factories/account";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { purgeIdentity } from "./purge-identity";

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const soon = new Date(Date.now() + 3_600_000);

test("what ended long ago goes, what ended lately or still stands stays", async () => {
  const { actor } = await aSignedIn("role-viewer");
  const userId = actor.id;
  const ended = { id: "", userId, sessionVersion: 1, expiresAt: soon };
  await db().userSession.createMany({
    data: [
      { ...ended, id: "session-old", revokedAt: daysAgo(91) },
      { ...ended, id: "session-expired", expiresAt: daysAgo(91) },
      { ...ended, id: "session-late", revokedAt: daysAgo(89) },
    ],
  });
  const link = { userId, createdBy: userId };
  await db().passwordLink.createMany({
    data: [
      { ...link, id: "link-old", hash: "1", expiresAt: daysAgo(31) },
      { ...link, id: "link-used", hash: "2", expiresAt: soon, usedAt: daysAgo(31) },
      { ...link, id: "link-late", hash: "3", expiresAt: daysAgo(29) },
    ],
  });
  const token = { userId, name: "ci", createdBy: userId };
  await db().apiToken.createMany({
    data: [
      { ...token, id: "token-old", hash: "1", expiresAt: daysAgo(91) },
      { ...token, id: "token-live", hash: "2", expiresAt: soon },
    ],
  });
  const challenge = { sessionId: actor.sessionId, purpose: "verify", challenge: newId() };
  await db().mfaChallenge.createMany({
    data: [
      { ...challenge, id: "challenge-old", expiresAt: daysAgo(1) },
      { ...challenge, id: "challenge-open", expiresAt: soon },
    ],
  });
  const key = { userId, requestHash: "x" };
  await db().idempotencyKey.createMany({
    data: [
      { ...key, key: "key-old", createdAt: daysAgo(2) },
      { ...key, key: "key-new" },
    ],
  });
  const counter = { limitType: "login_account", value: 1 };
  await db().rateLimitCounter.createMany({
    data: [
      { ...counter, key: "counter-old", windowStart: daysAgo(2) },
      { ...counter, key: "counter-new", windowStart: new Date() },
    ],
  });

  await db().authReplayEntry.createMany({
    data: [
      { providerId: "p", key: "seen-old", expiresAt: daysAgo(1) },
      { providerId: "p", key: "seen-now", expiresAt: soon },
    ],
  });

  await purgeIdentity();

  const [sessions, links, tokens, challenges, keys, counters] = await Promise.all([
    db().userSession.findMany({ where: { userId }, select: { id: true } }),
    db().passwordLink.findMany({ where: { userId }, select: { id: true } }),
    db().apiToken.findMany({ where: { userId }, select: { id: true } }),
    db().mfaChallenge.findMany({ where: { sessionId: actor.sessionId }, select: { id: true } }),
    db().idempotencyKey.findMany({ where: { userId }, select: { key: true } }),
    db().rateLimitCounter.findMany({ where: { limitType: "login_account" }, select: { key: true } }),
  ]);
  expect(sessions.map(({ id }) => id).toSorted()).toEqual([actor.sessionId, "session-late"].toSorted());
  expect(links.map(({ id }) => id)).toEqual(["link-late"]);
  expect(tokens.map(({ id }) => id)).toEqual(["token-live"]);
  expect(challenges.map(({ id }) => id)).toEqual(["challenge-open"]);
  expect(keys.map(({ key: name }) => name)).toEqual(["key-new"]);
  expect(await db().authReplayEntry.findMany({ select: { key: true } })).toEqual([{ key: "seen-now" }]);
  expect(counters.map(({ key: name }) => name)).toEqual(["counter-new"]);
});
