import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { closeConnections } from "@/lib/core/close-connections";
import { platformContext } from "@/lib/core/context";
import { createUser } from "@/lib/identity/create-user";

/** One more person with a role in test and production, whose password the scenario prints and nobody has to change. */
async function run(): Promise<void> {
  const { values } = parseArgs({
    options: { username: { type: "string" }, name: { type: "string" }, role: { type: "string" } },
  });
  const { username, name, role } = values;
  if (username === undefined || name === undefined || role === undefined)
    throw new Error("Usage: npm run scenario person -- --username NAME --name 'DISPLAY NAME' --role ROLE-ID");
  const password = randomBytes(12).toString("base64url");
  await createUser(platformContext("demo"), {
    username,
    displayName: name,
    email: null,
    initialPassword: password,
    mustChangePassword: false,
    role: { roleId: role, environments: ["test", "prod"] },
  });
  process.stdout.write(`${JSON.stringify({ username, displayName: name, password })}\n`);
}

try {
  await run();
} finally {
  await closeConnections();
}
