import { afterAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { readManifestJob } from "@/lib/vms/jobs";
import { closeChanges } from "./changes";
import { platformContext } from "./context";
import { db } from "./db";
import { newId } from "./ids";
import { closeJobs } from "./jobs";
import { answerQuestion, askWorker, readQuestion, removeOldQuestions } from "./worker-questions";

afterAll(async () => {
  await closeChanges();
  await closeJobs();
});

const ctx = platformContext("test");
const shape = z.strictObject({ colour: z.string() });

async function theQuestion(about: string): Promise<string> {
  const question = { path: ["about"], equals: about };
  const ask = () => db().workerQuestion.findFirstOrThrow({ where: { question }, select: { id: true } });
  return (await vi.waitFor(ask, { timeout: 5_000, interval: 20 })).id;
}

const ask = (about: string) => askWorker(ctx, readManifestJob, { about }, shape);

test("an answer reaches who asked", async () => {
  const answer = ask("sky");
  const id = await theQuestion("sky");
  expect(await readQuestion(id)).toEqual({ about: "sky" });
  await answerQuestion(id, { answer: { colour: "blue" } });
  expect(await answer).toEqual({ colour: "blue" });
});

test("a failure arrives as what it is", async () => {
  const answer = ask("night");
  const refused = expect(answer).rejects.toMatchObject({ code: "VM_NOT_FOUND", params: { name: "one" } });
  await answerQuestion(await theQuestion("night"), {
    failure: { code: "VM_NOT_FOUND", params: { name: "one" } },
  });
  await refused;
});

test("an answer in another shape is refused, not passed on", async () => {
  const answer = ask("shape");
  const refused = expect(answer).rejects.toThrow(z.ZodError);
  await answerQuestion(await theQuestion("shape"), { answer: { colour: "red", extra: true } });
  await refused;
});

test("the first answer counts, and an answered question is not read again", async () => {
  const answer = ask("twice");
  const id = await theQuestion("twice");
  await answerQuestion(id, { answer: { colour: "first" } });
  await answerQuestion(id, { answer: { colour: "second" } });
  expect(await answer).toEqual({ colour: "first" });
  expect(await readQuestion(id)).toBeNull();
});

test("without a worker whoever asked is told so after ten seconds", async () => {
  await expect(ask("silence")).rejects.toMatchObject({
    code: "WORKER_SILENT",
    params: { waitedSeconds: 10 },
  });
});

test("a question nobody waits for any more is not worked on, and goes after a while", async () => {
  const id = newId();
  const question = { id, kind: readManifestJob.name, question: {}, askedBy: "test" };
  await db().workerQuestion.create({ data: question, select: { id: true } });
  expect(await readQuestion(id)).toEqual({});
  await db()
    .$executeRaw`UPDATE worker_questions SET created_at = now() - interval '16 seconds' WHERE id = ${id}`;
  expect(await readQuestion(id)).toBeNull();
  await db()
    .$executeRaw`UPDATE worker_questions SET created_at = now() - interval '11 minutes' WHERE id = ${id}`;
  await removeOldQuestions();
  expect(await db().workerQuestion.findUnique({ where: { id } })).toBeNull();
});
