import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { cloneDatabase } from "@/e2e/test-database";
import { migrate } from "./migrate";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-migrations-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function writeMigration(name: string, sql: string) {
  fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

async function withEmptyDatabase(work: (url: string) => Promise<void>) {
  const url = new URL(inject("serverUrl"));
  const name = `empty_${Math.random().toString(36).slice(2)}`;
  const admin = new pg.Client({ connectionString: url.toString() });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  url.pathname = `/${name}`;
  await work(url.toString());
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("two starters at once apply each migration once, and a third finds nothing to do", async () => {
  writeMigration("1_first", "CREATE TABLE first (id int)");
  writeMigration("2_second", "CREATE TABLE second (id int); INSERT INTO second VALUES (1)");
  await withEmptyDatabase(async (url) => {
    const applied = await Promise.all([migrate(url, folder), migrate(url, folder)]);
    expect(applied.flat().sort()).toEqual(["1_first", "2_second"]);
    expect(await migrate(url, folder)).toEqual([]);
    expect(await ask(url, "SELECT * FROM second")).toEqual([{ id: 1 }]);
  });
});

test("a migration that fails leaves nothing behind, and runs again when it is mended", async () => {
  writeMigration("3_third", "CREATE TABLE third (id int); SELECT no_such_column");
  await withEmptyDatabase(async (url) => {
    await expect(migrate(url, folder)).rejects.toThrow(/3_third failed: .*no_such_column/);
    expect(await ask(url, "SELECT to_regclass('third') AS found")).toEqual([{ found: null }]);
    writeMigration("3_third", "CREATE TABLE third (id int)");
    expect(await migrate(url, folder)).toEqual(["3_third"]);
  });
});

test("a migration edited after it was applied is refused", async () => {
  await withEmptyDatabase(async (url) => {
    await migrate(url, folder);
    writeMigration("1_first", "CREATE TABLE first (id bigint)");
    await expect(migrate(url, folder)).rejects.toThrow("1_first was edited");
  });
});

test("a migrated database keeps its times in UTC", async () => {
  const url = await cloneDatabase();
  expect(await ask(url, "SELECT current_setting('timezone') AS zone")).toEqual([{ zone: "UTC" }]);
});

test("the migrations make exactly what the schema says, by Prisma's own judgement", async () => {
  const url = await cloneDatabase();
  const words = ["node_modules/prisma/build/index.js", "migrate", "diff", "--exit-code"];
  words.push("--from-config-datasource", "--to-schema", "prisma/schema");
  const env = { ...process.env, DATABASE_URL: url };
  // It answers a difference with code 2 and the difference on standard output.
  const answer = promisify(execFile)(process.execPath, words, { env }).catch(
    (error: { stdout: string }) => error,
  );
  expect((await answer).stdout.trim()).toBe("No difference detected.");
});
