import path from "node:path";
import type { Account } from "./demo-accounts";
import { publicAddress, type Setting } from "./programs";

const say = (text: string) => void process.stdout.write(`${text}\n`);

/** What is going on, one line per step; silent when a program reads the output. */
export function openProgress(isSilent: boolean) {
  const begun = Date.now();
  return {
    step: (text: string) => {
      if (!isSilent) say(`  ${seconds(begun)}  ${text}`);
    },
    /** Trouble is always told, on standard error. */
    trouble: (text: string) => void process.stderr.write(`\n${text}\n`),
  };
}

export type Progress = ReturnType<typeof openProgress>;

function seconds(begun: number): string {
  return `${((Date.now() - begun) / 1000).toFixed(1).padStart(5)} s`;
}

export interface ReadyNews {
  setting: Setting;
  accounts: Account[];
  notes: string[];
  lab: Record<string, unknown>;
  directory: Record<string, unknown> | undefined;
  pids: Record<string, number>;
}

/** Everything a program may want to know, secrets included: for its standard output or the owner's private file. */
export function describeForPrograms({ setting, accounts, lab, directory, pids }: ReadyNews): string {
  const { options, ports, database, data } = setting;
  const news = {
    ready: true,
    url: publicAddress(options, ports),
    accounts,
    ports,
    pids,
    databaseUrl: database.url,
    logs: data.logs,
    lab: { ...lab, kubeconfig: data.kubeconfig },
    ...(directory && { directory }),
  };
  return JSON.stringify(news);
}

export function announceToPrograms(news: ReadyNews): void {
  say(describeForPrograms(news));
}

export function announceToPeople({ setting, accounts, notes }: ReadyNews): void {
  const { options, ports, data } = setting;
  const lines = [
    "",
    `  Shepherd is ready:  ${publicAddress(options, ports)}`,
    "",
    ...accountTable(accounts),
    "",
    ...notes.map((note) => `  Note: ${note}`),
    `  A second cluster, for you to register: ${path.relative(process.cwd(), data.secondKubeconfig)}`,
    `  Data and logs: ${path.relative(process.cwd(), data.folder) || "."}    Start over: npm run up -- --fresh`,
    "  Ctrl-C stops everything.",
    "",
  ];
  say(lines.join("\n"));
}

function accountTable(accounts: Account[]): string[] {
  const rows = [
    ["account", "password", "may"],
    ...accounts.map(({ username, password, role }) => [username, password ?? "(changed by its owner)", role]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)) + 3);
  return rows.map((row) =>
    `    ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("")}`.trimEnd(),
  );
}
