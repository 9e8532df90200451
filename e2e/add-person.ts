import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Stack } from "./stack";

const addedSchema = z.object({ username: z.string(), displayName: z.string(), password: z.string() });

export type AddedPerson = z.output<typeof addedSchema>;

/** Somebody new on a running stack, through the use cases. */
export async function addPerson(
  stack: Stack,
  person: { username: string; displayName: string; roleId: string },
): Promise<AddedPerson> {
  const { username, displayName, roleId } = person;
  const words = ["--import", "tsx", "e2e/scenarios/person.ts"];
  words.push("--username", username, "--name", displayName, "--role", roleId);
  const { stdout } = await promisify(execFile)(process.execPath, words, {
    cwd: path.resolve(import.meta.dirname, ".."),
    env: { ...process.env, NODE_ENV: "production", DATABASE_URL: stack.databaseUrl },
  });
  return addedSchema.parse(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? ""));
}
