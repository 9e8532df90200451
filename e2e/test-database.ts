import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

// Vitest runs this before each test file, so each file has a database of its own before it imports the product.
process.env["DATABASE_URL"] = await cloneDatabase();

/** A new database with the schema and the seed in it; the server and all its databases end with the run. */
export async function cloneDatabase(): Promise<string> {
  const url = new URL(inject("serverUrl"));
  url.pathname = "/postgres";
  const name = `test_${randomBytes(6).toString("hex")}`;
  const admin = new pg.Client({ connectionString: url.toString() });
  await admin.connect();
  try {
    await admin.query(`CREATE DATABASE ${name} TEMPLATE ${inject("templateDatabase")}`);
  } finally {
    await admin.end();
  }
  url.pathname = `/${name}`;
  return url.toString();
}
