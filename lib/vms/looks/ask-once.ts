import { z } from "zod";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { askWorker, type QuestionJob } from "@/lib/core/worker-questions";
import type { LookKind } from "./schema";

/** Whoever claimed the question and did not get an answer by then has given up. */
const claimSeconds = 12;
const pollMs = 200;

interface Look {
  vmId: string;
  kind: LookKind;
  /** What was answered within this time needs no second question. */
  freshSeconds: number;
  job: QuestionJob;
  question?: { range?: string };
}

const asked = new Map<string, Promise<boolean>>();

/**
 * Sees to it that the row of a look is fresh: one question for however many look at once, in this process and in all.
 * The caller has made sure that the person may look. False where no worker answered in time.
 */
export async function askOnce(ctx: Context, look: Look): Promise<boolean> {
  const key = `${look.vmId}/${look.kind}`;
  const running = asked.get(key);
  if (running !== undefined) return running;
  const asking = ask(ctx, look).finally(() => asked.delete(key));
  asked.set(key, asking);
  return asking;
}

async function ask(ctx: Context, look: Look): Promise<boolean> {
  if (await claim(look)) return askAndWait(ctx, look);
  const givenUp = performance.now() + claimSeconds * 1000;
  while (performance.now() < givenUp) {
    if (await isAnswered(look)) return true;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  return false;
}

async function askAndWait(ctx: Context, { vmId, job, question }: Look): Promise<boolean> {
  try {
    await askWorker(ctx, job, { vmId, ...question }, z.object({}));
    return true;
  } catch (error) {
    // What is known already is shown with its age; why nobody could ask now is no page's end.
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** True for whoever is to ask: nobody else is asking, and the last answer is old. */
async function claim({ vmId, kind, freshSeconds }: Look): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    INSERT INTO vm_looks (vm_id, kind, asked_at) VALUES (${vmId}, ${kind}, clock_timestamp())
    ON CONFLICT (vm_id, kind) DO UPDATE SET asked_at = clock_timestamp()
    WHERE CASE WHEN vm_looks.answered_at >= vm_looks.asked_at
      THEN vm_looks.answered_at <= clock_timestamp() - make_interval(secs => ${freshSeconds})
      ELSE vm_looks.asked_at <= clock_timestamp() - make_interval(secs => ${claimSeconds}) END
    RETURNING 1`;
  return rows.length > 0;
}

async function isAnswered({ vmId, kind }: Look): Promise<boolean> {
  const rows = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM vm_looks WHERE vm_id = ${vmId} AND kind = ${kind} AND answered_at >= asked_at`;
  return rows.length > 0;
}
