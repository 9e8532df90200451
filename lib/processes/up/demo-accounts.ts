import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { type DataFolder, readJson, writePrivate } from "./data-folder";
import { fullEnvironment, type Setting } from "./programs";

const accountSchema = z.object({
  username: z.string(),
  password: z.string().nullish(),
  role: z.string(),
});
const answerSchema = z.object({ accounts: z.array(accountSchema) });

export type Account = z.output<typeof accountSchema>;

/** Adds the demo people, catalogue and cluster through the use cases; safe to run at each start. */
export async function prepareDemo(setting: Setting): Promise<Account[]> {
  const words = ["--import", "tsx", "e2e/scenarios/demo.ts"];
  words.push("--kubeconfig", setting.data.kubeconfig, "--accounts", setting.data.accounts);
  words.push("--prometheus", path.join(setting.data.prometheus, "prometheus.json"));
  const { stdout } = await promisify(execFile)(process.execPath, words, { env: fullEnvironment(setting) });
  return rememberPasswords(setting.data, answerSchema.parse(JSON.parse(lastLine(stdout))).accounts);
}

// The database keeps only hashes, so a later run can print a password only if the first one wrote it down.
function rememberPasswords(data: DataFolder, accounts: Account[]): Account[] {
  const stored = answerSchema.safeParse(readJson(data.accounts));
  const known = new Map(
    stored.success ? stored.data.accounts.map((entry) => [entry.username, entry.password]) : [],
  );
  const complete = accounts.map((entry) => ({
    ...entry,
    // Absent: somebody who was here before. Null: changed since, nobody but its owner knows it.
    password: entry.password === undefined ? (known.get(entry.username) ?? null) : entry.password,
  }));
  writePrivate(data.accounts, JSON.stringify({ accounts: complete }, undefined, 2));
  return complete;
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}
