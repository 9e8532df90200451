import { afterAll, beforeAll, describe, test } from "vitest";
import { openSuite } from "../count-refusals";
import { batchAttempts } from "./logic/batch-attempts";
import { emergencyAttempts } from "./logic/emergency-attempts";
import { keepingAttempts } from "./logic/keeping-attempts";
import { aMightyCast, aPlainCast } from "./logic/make-cast";
import { matrixAttempts, previewAttempts } from "./logic/matrix-attempts";
import { memberAttempts, versionAttempts } from "./logic/member-attempts";
import { configurationAttempts } from "./logic/configuration-attempts";
import { policyAttempts } from "./logic/policy-attempts";
import { quotaAttempts } from "./logic/quota-attempts";
import { stepAttempts } from "./logic/step-attempts";
import { tryAttempt, type Attempt } from "./logic/try-attempt";
import { watchWrites } from "./logic/watch-writes";
import { workflowAttempts } from "./logic/workflow-attempts";

const suite = openSuite("approval logic");
const inputsMin = 800;
let take: () => Promise<string[]>;

beforeAll(async () => {
  ({ take } = await watchWrites());
});
afterAll(() => suite.print(inputsMin));

async function tryAll(made: Promise<Attempt[]>): Promise<void> {
  const attempts = await made;
  await take();
  for (const attempt of attempts) await tryAttempt({ suite, take }, attempt);
}

const patience = 120_000;

describe("every state, every action, everybody whose it is not", () => {
  test("of somebody who only asks", async () => tryAll(matrixAttempts(await aPlainCast())), patience);
  test(
    "of an approver who asks",
    async () => tryAll(matrixAttempts(await aMightyCast("an approver's", "role-approval-admin"))),
    patience,
  );
  test(
    "of an administrator who asks",
    async () => tryAll(matrixAttempts(await aMightyCast("an administrator's", "role-platform-admin"))),
    patience,
  );
  test("nobody is told what it would come to", async () => tryAll(previewAttempts(await aPlainCast())));
});

describe("what does not stand in the table", () => {
  test("steps that are not this person's to decide", () => tryAll(stepAttempts()), patience);
  test("members that nobody may set", () => tryAll(memberAttempts()), patience);
  test("versions that nobody has seen", () => tryAll(versionAttempts()), patience);
  test("quotas that are none", () => tryAll(quotaAttempts()), patience);
  test("policies that are none", () => tryAll(policyAttempts()), patience);
  test("workflows and stand-ins that are none", () => tryAll(workflowAttempts()), patience);
  test("configuration by whoever may not", () => tryAll(configurationAttempts()), patience);
  test("emergencies", () => tryAll(emergencyAttempts()), patience);
  test("batches of others", () => tryAll(batchAttempts()), patience);
  test("lives and schedules of others' machines", () => tryAll(keepingAttempts()), patience);
});
