import { Prisma } from "@/prisma/generated/client";

const unreachableCodes = new Set(["P1000", "P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2037"]);
const unreachableStates =
  /ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|\b57P0[1-3]\b|\b53300\b|\b08\d{3}\b|Connection terminated|timeout exceeded when trying to connect|the database system is/;

/** The database is down, starting or full of connections: a client should come back, nothing is wrong with its request. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError && unreachableCodes.has(error.code)) return true;
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  return error instanceof Error && unreachableStates.test(describe(error));
}

/** True when a unique index refused the row; `columns` narrows it to an index over these. */
export function isUniqueViolation(error: unknown, ...columns: string[]): boolean {
  if (!(error instanceof Error)) return false;
  const known = error instanceof Prisma.PrismaClientKnownRequestError;
  const text = `${known ? error.code : ""} ${describe(error)} ${known ? JSON.stringify(error.meta ?? {}) : ""}`;
  return /P2002|23505|Unique constraint/.test(text) && columns.every((column) => text.includes(column));
}

function describe(error: Error): string {
  const cause = error.cause instanceof Error ? describe(error.cause) : JSON.stringify(error.cause ?? "");
  const code = "code" in error ? String(error.code) : "";
  return `${error.name} ${code} ${error.message} ${cause}`;
}
