import fs from "node:fs";
import path from "node:path";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { closeChanges } from "@/lib/core/changes";
import { closeDb } from "@/lib/core/db";
import { checkInvariants } from "./invariants/check-all";

/** `npm run invariants [log files]`: on DATABASE_URL, or on what `npm run up` has started, with its logs. */
const given = process.argv.slice(2);
const folder = path.join(".data", "logs");
const ownLogs = fs.existsSync(folder) ? fs.readdirSync(folder).map((name) => path.join(folder, name)) : [];
if (!process.env["DATABASE_URL"]) {
  console.error("Nothing runs here: npm run up first, or set DATABASE_URL.");
  process.exit(1);
}

const violations = await checkInvariants(given.length > 0 ? given : ownLogs);
for (const { invariant, subject, why } of violations) console.error(`${invariant} ${subject}: ${why}`);
console.log(`I1 to I8: ${violations.length === 0 ? "all hold" : `${violations.length} violations`}`);
closeClusterConnections();
await closeChanges();
await closeDb();
process.exit(violations.length === 0 ? 0 : 1);
