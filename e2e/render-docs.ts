import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Machine } from "@/lib/core/state-machine";
import { serviceAccountManifest } from "@/lib/adapters/kubevirt/service-account-manifest";
import { builtInRoles } from "@/lib/vocabulary/built-in-roles";
import { permissions } from "@/lib/vocabulary/permissions";

const root = path.resolve(import.meta.dirname, "..");

type AnyMachine = Machine<string, string>;

/** The README's text with its generated part as the code says it today. */
export async function renderReadme(text: string): Promise<string> {
  const sections = { machines: renderMachines(await loadMachines()), permissions: renderPermissions() };
  let result = text;
  for (const [name, section] of Object.entries(sections)) result = replaceSection(result, name, section);
  return result;
}

/** The newcomers' page with the account that a cluster gives the portal as the code asks for it today. */
export function renderAccount(text: string): string {
  const begin = "   ```yaml\n";
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf("   ```\n", from);
  if (from < begin.length || to === -1) throw new Error("README.md has lost the account's manifest");
  const manifest = serviceAccountManifest()
    .trimEnd()
    .replace(/^(?=.)/gm, "   ");
  return `${text.slice(0, from)}${manifest}\n${text.slice(to)}`;
}

function replaceSection(text: string, name: string, section: string): string {
  const [begin, end] = [`<!-- ${name}: written by npm run docs -->`, `<!-- end of ${name} -->`];
  const block = `${begin}\n\n${section}\n\n${end}`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to === -1) return `${text.trimEnd()}\n\n${block}\n`;
  return text.slice(0, from) + block + text.slice(to + end.length);
}

async function loadMachines(): Promise<AnyMachine[]> {
  const files = fs.globSync("lib/**/machine.ts", { cwd: root }).sort();
  const modules = await Promise.all(
    // A module of the product; what it exports is looked at below.
    files.map(
      (file) => import(pathToFileURL(path.join(root, file)).href) as Promise<Record<string, unknown>>,
    ),
  );
  // By name, because not every loader lists a module's exports in one order.
  return modules.flatMap((module) =>
    Object.values(module)
      .filter(isMachine)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

function isMachine(value: unknown): value is AnyMachine {
  return (
    typeof value === "object" && value !== null && "states" in value && "moves" in value && "initial" in value
  );
}

function renderMachines(machines: AnyMachine[]): string {
  return machines.map(renderMachine).join("\n\n");
}

function renderMachine(machine: AnyMachine): string {
  const arrows = machine.moveNames.flatMap((name) => {
    const move = machine.moves[name];
    return (move?.from ?? []).map((from) => `  ${from} --> ${move?.to}: ${name}`);
  });
  const diagram = ["```mermaid", "stateDiagram-v2", `  [*] --> ${machine.initial}`, ...arrows, "```"];
  return [`### ${machine.name}`, "", ...diagram].join("\n");
}

function renderPermissions(): string {
  const lines = permissions.map((permission) => {
    const roles = builtInRoles.filter((role) => role.permissions.includes(permission));
    return `- \`${permission}\`: ${roles.map((role) => role.displayName).join(", ") || "(no built-in role)"}`;
  });
  return lines.join("\n");
}
