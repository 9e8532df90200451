import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstPassword } from "@/e2e/factories/account";
import { callDoor, type Answered } from "./doors/call-door";
import { listDoors, type Door } from "./doors/list-doors";
import { addFactor, aNewPerson, cookieHeader, newSession } from "./doors/make-people";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { hashLink } from "@/lib/identity/issue-password-link";
import { hashPassword } from "@/lib/identity/verify-password";
import { openSuite } from "../count-refusals";
import { badPasswords, goodPasswords, type BadPassword } from "./passwords/bad-passwords";

const inputsMin = 120;
const suite = openSuite("passwords");
const doors = new Map((await listDoors()).map((door) => [door.name, door]));
const linkToken = "link-of-marla-which-stays-open";
let admin: string;
let marla: { id: string; cookie: string };

beforeAll(async () => {
  admin = (await newSession((await aNewPerson({ role: "role-platform-admin" })).actor.id)).cookie;
  marla = await aLocalAccount("marla.quist");
  await openLink(marla.id, linkToken);
});
afterAll(() => suite.print(inputsMin));

describe("a guessable password is refused wherever one is set:", () => {
  test.each(badPasswords.map((bad) => [bad.name, bad] as const))("%s", async (name, bad) => {
    const answers = await setEverywhere(bad);
    const isRefused = answers.every((answer) => isRefusal(answer, bad));
    if (isRefused) suite.refused(name);
    else suite.accepted(name);
    expect(isRefused, answers.map(({ status, text }) => `${status} ${text.slice(0, 160)}`).join("\n")).toBe(
      true,
    );
  });

  test("and the account still has the password it had", async () => {
    expect((await change("tin roof, cold rain", firstPassword)).status).toBe(204);
  });
});

describe("a good password is accepted:", () => {
  test.each(goodPasswords)("%s", async (password) => {
    expect((await create(password)).text).not.toContain("field_errors");
  });

  test("beside a second factor it may be eight characters, and not seven", async () => {
    const { id, cookie } = await aLocalAccount(`user-${newId().slice(-8)}`);
    await addFactor(id);
    await db().userSession.updateMany({ where: { userId: id }, data: { mfaAt: new Date() } });
    const seven = await change("k7Vm#q2", firstPassword, cookie);
    expect([seven.status, seven.text.includes("too_short")]).toEqual([400, true]);
    suite.refused("seven characters beside a second factor");
    expect((await change("k7Vm#q2x", firstPassword, cookie)).status).toBe(204);
  });

  test("composed or not it is the same password", async () => {
    const { cookie } = await aLocalAccount(`user-${newId().slice(-8)}`);
    const composed = "säulen über der brücke";
    expect((await change(composed.normalize("NFD"), firstPassword, cookie)).status).toBe(204);
    const same = await change(composed.normalize("NFC"), composed.normalize("NFC"), cookie);
    expect(same.text).toContain("password_unchanged");
    suite.refused("the same password in another normal form");
  });
});

/** Where the first door takes it the others are not asked, for they would change the account. */
async function setEverywhere(bad: BadPassword): Promise<Answered[]> {
  const created = await create(bad.password);
  if (!isRefusal(created, bad)) return [created];
  return [created, await change(bad.password), await setByLink(bad.password)];
}

function isRefusal({ status, text }: Answered, { codes }: BadPassword): boolean {
  return status === 400 && codes.some((code) => text.includes(`"${code}"`));
}

function doorOf(name: string): Door {
  const door = doors.get(name);
  if (door === undefined) throw new Error(`there is no ${name}`);
  return door;
}

/** By an administrator, for somebody new of the same name. */
function create(password: string): Promise<Answered> {
  const username = `marla.quist${newId().slice(-6)}`;
  const body = { username, display_name: "Marla Quist", initial_password: password };
  return callDoor(doorOf("POST /api/v1/admin/users"), { headers: cookieHeader(admin), body });
}

async function change(password: string, current = firstPassword, cookie = marla.cookie): Promise<Answered> {
  const body = { current_password: current, new_password: password };
  const answer = await callDoor(doorOf("POST /api/v1/auth/change-password"), {
    headers: cookieHeader(cookie),
    body,
  });
  // A right password in front of a refused one counts as a try; how many there may be is another suite's.
  await db().rateLimitCounter.deleteMany({});
  return answer;
}

function setByLink(password: string): Promise<Answered> {
  const body = { token: linkToken, new_password: password };
  return callDoor(doorOf("POST /api/v1/auth/set-password"), { body });
}

const firstHash = hashPassword(firstPassword);

async function aLocalAccount(username: string): Promise<{ id: string; cookie: string }> {
  const { actor } = await aNewPerson({ role: "role-viewer" });
  const data = { username, displayName: "Marla Quist", passwordHash: await firstHash };
  await db().user.update({ where: { id: actor.id }, data, select: { id: true } });
  return { id: actor.id, cookie: (await newSession(actor.id)).cookie };
}

async function openLink(userId: string, token: string): Promise<void> {
  const expiresAt = new Date(Date.now() + 3_600_000);
  const data = { id: newId(), userId, hash: hashLink(token), expiresAt, createdBy: "test" };
  await db().passwordLink.create({ data, select: { id: true } });
}
