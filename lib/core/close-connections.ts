import { closeChanges } from "./changes";
import { closeDb } from "./db";
import { closeJobs } from "./jobs";

/** Everything this process holds open towards the database; the last act of a shutdown. */
export async function closeConnections(): Promise<void> {
  await closeJobs();
  await closeChanges();
  await closeDb();
}
