import { Prisma } from "@/prisma/generated/client";
import { db } from "./db";

export type Tx = Prisma.TransactionClient;

const attemptsMax = 3;

/** Runs the work in one transaction: all of it is committed, or, when it throws, none. */
export async function inTransaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db().$transaction(work);
    } catch (error) {
      // A deadlock is PostgreSQL's choice of a victim; the work holds no outside effect, so it runs again.
      if (attempt < attemptsMax && isDeadlock(error)) continue;
      throw error;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  // A raw statement's failure carries PostgreSQL's own code, in the message alone.
  return error.code === "P2034" || (error.code === "P2010" && error.message.includes("Code: `40P01`"));
}
