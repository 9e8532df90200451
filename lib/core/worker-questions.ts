import { z } from "zod";
import type { Prisma } from "@/prisma/generated/client";
import { listenForChanges } from "./changes";
import { actorId, type Context } from "./context";
import { db } from "./db";
import { AppError } from "./errors";
import { newId } from "./ids";
import { enqueue, type Job } from "./jobs";
import { inTransaction } from "./transaction";

/** A page waits ten seconds at most for what only a worker may ask a cluster (spec §0.9). */
const waitMs = 10_000;
const recheckMs = 1_000;

/** The job that carries a question is its id; the worker reads the row. */
export const questionPayload = z.strictObject({ questionId: z.string() });
export type QuestionJob = Job<z.output<typeof questionPayload>>;

/**
 * Puts a question to a worker and awaits its answer.
 * @throws WORKER_SILENT after ten seconds; the answer's own failure code otherwise
 */
export async function askWorker<Answer>(
  ctx: Context,
  job: QuestionJob,
  question: Prisma.InputJsonObject,
  answerShape: z.ZodType<Answer>,
): Promise<Answer> {
  const id = newId();
  const answered = awaitAnswer(id);
  try {
    await inTransaction(async (tx) => {
      await tx.workerQuestion.create({
        data: { id, kind: job.name, question, askedBy: actorId(ctx.actor) },
        select: { id: true },
      });
      await enqueue(tx, job, { questionId: id });
    });
    return answerShape.parse(await answered.promise);
  } finally {
    answered.stop();
  }
}

/** The worker's side: reads the question, or null when it is too old to be awaited. */
export async function readQuestion(questionId: string): Promise<unknown> {
  const rows = await db().$queryRaw<{ question: unknown }[]>`
    SELECT question FROM worker_questions
    WHERE id = ${questionId} AND answered_at IS NULL AND created_at > now() - interval '15 seconds'`;
  return rows[0]?.question ?? null;
}

export async function answerQuestion(
  questionId: string,
  result: { answer: Prisma.InputJsonValue } | { failure: { code: string; params: Prisma.InputJsonObject } },
): Promise<void> {
  await db().workerQuestion.updateMany({
    where: { id: questionId, answeredAt: null },
    data: { ...result, answeredAt: new Date() },
  });
}

const failureShape = z.object({ code: z.string(), params: z.record(z.string(), z.unknown()) });

function awaitAnswer(id: string): { promise: Promise<unknown>; stop: () => void } {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  // Whoever gives up early must not leave an unhandled rejection behind.
  promise.catch(() => undefined);
  const check = () => {
    readAnswer(id).then((row) => {
      if (row === null) return;
      if (row.failure === null) resolve(row.answer);
      else reject(failureOf(row.failure));
    }, reject);
  };
  const stopListening = listenForChanges((change) => {
    if (change.kind === "answer" && change.id === id) check();
  }, check);
  const recheck = setInterval(check, recheckMs);
  const timeout = setTimeout(
    () => reject(new AppError("WORKER_SILENT", { waitedSeconds: waitMs / 1000 })),
    waitMs,
  );
  const stop = () => {
    stopListening();
    clearInterval(recheck);
    clearTimeout(timeout);
  };
  return { promise, stop };
}

async function readAnswer(id: string) {
  return db().workerQuestion.findFirst({
    where: { id, answeredAt: { not: null } },
    select: { answer: true, failure: true },
  });
}

function failureOf(failure: unknown): AppError {
  const { code, params } = failureShape.parse(failure);
  // Only codes of our own table are written as failures, by answerQuestion's callers.
  return new AppError(code as AppError["code"], params);
}

/** Answered or given up long ago. */
export async function removeOldQuestions(): Promise<void> {
  await db().$executeRaw`DELETE FROM worker_questions WHERE created_at < now() - interval '10 minutes'`;
}
