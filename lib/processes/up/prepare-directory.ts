import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { writePrivate } from "./data-folder";
import type { Account } from "./demo-accounts";
import { fullEnvironment, type Setting } from "./programs";

/** What the directory lab says of itself; the rest of it is for the scenario that registers its servers. */
const newsSchema = z.looseObject({
  people: z.array(
    z.object({ username: z.string(), password: z.string(), groups: z.array(z.string()).nullable() }),
  ),
  absent: z.array(z.string()),
});
const answerSchema = z.object({ providers: z.array(z.object({ id: z.string(), name: z.string() })) });

export interface PreparedDirectory {
  accounts: Account[];
  notes: string[];
}

/** Registers the lab's servers in the portal, and the portal with the servers; safe to run at each start. */
export async function prepareDirectory(setting: Setting, said: unknown): Promise<PreparedDirectory> {
  const { people, absent } = newsSchema.parse(said);
  writePrivate(setting.data.directoryNews, JSON.stringify(said));
  const words = ["--import", "tsx", "e2e/scenarios/directory.ts", "--lab", setting.data.directoryNews];
  const { stdout } = await promisify(execFile)(process.execPath, words, { env: fullEnvironment(setting) });
  const { providers } = answerSchema.parse(JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? ""));
  const ways = providers.map((provider) => provider.name).join(", ");
  const accounts = people.map(({ username, password, groups }) => ({
    username,
    password,
    role: `signs in by ${ways}; ${groups?.length ? `groups ${groups.join(", ")}` : "no groups"}`,
  }));
  return { accounts, notes: [certificateNote, ...absent.map((reason) => `No LDAP: ${reason}.`)] };
}

const certificateNote =
  "The browser does not know the directory lab's certificate and asks once for each server.";
