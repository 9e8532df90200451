import { Prisma } from "@/prisma/generated/client";
import { db } from "./db";

export type Tx = Prisma.TransactionClient;

const attemptsMax = 3;

const workAfterRollback = new WeakMap<Error, () => Promise<void>>();

/**
 * What a refusal leaves behind is written when its own transaction has been undone and its connection is free again:
 * a transaction that waits for a second connection can wait for those that wait for its own.
 * @returns the error, to be thrown
 */
export function afterRollback<Refusal extends Error>(error: Refusal, work: () => Promise<void>): Refusal {
  workAfterRollback.set(error, work);
  return error;
}

/** Runs the work in one transaction: all of it is committed, or, when it throws, none. */
export async function inTransaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db().$transaction(work);
    } catch (error) {
      // A deadlock is PostgreSQL's choice of a victim; the work holds no outside effect, so it runs again.
      if (attempt < attemptsMax && isDeadlock(error)) continue;
      if (error instanceof Error) await workAfterRollback.get(error)?.();
      throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  // A raw statement's failure carries PostgreSQL's own code, in the message alone.
  return error.code === "P2034" || (error.code === "P2010" && error.message.includes("Code: `40P01`"));
}
