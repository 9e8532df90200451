import { followCalls } from "./follow-calls";
import type { ParsedFile } from "./parse-file";
import { rooms } from "./words";

const USE_CASE = new RegExp(`^lib/(${rooms.join("|")})/.*\\.ts$`);
const NOT_USE_CASE = /\.(handler|test)\.ts$|\/(store|queries|rules|machine|schema|jobs|labels)\.ts$/;
const PERMISSION = /^(authorize|require[A-Z]\w*)$/;

export interface Exemptions {
  /** Path to the reason why nobody needs a permission there. */
  permission: Record<string, string>;
  /** Path to the reason why nothing is recorded there. */
  audit: Record<string, string>;
}

/** Whoever opens a transaction asks for a permission and leaves an audit record in it. */
export function checkUseCases(files: Map<string, ParsedFile>, exemptions: Exemptions): string[] {
  const problems: string[] = [];
  const useCases = [...files.values()].filter(opensTransaction);
  for (const file of useCases) {
    const calls = followCalls(file, files);
    const asks = [...calls].some((name) => PERMISSION.test(name));
    const duties = [
      { holds: asks, wanted: "authorize or require…", exempt: exemptions.permission },
      { holds: calls.has("recordAudit"), wanted: "recordAudit", exempt: exemptions.audit },
    ];
    problems.push(...duties.flatMap((duty) => judge(file.path, duty)));
  }
  return [...problems, ...staleExemptions(useCases, exemptions)];
}

function opensTransaction(file: ParsedFile): boolean {
  if (!USE_CASE.test(file.path) || NOT_USE_CASE.test(file.path)) return false;
  return [...file.functions.values()].some((calls) => calls.has("inTransaction"));
}

interface Duty {
  holds: boolean;
  wanted: string;
  exempt: Record<string, string>;
}

function judge(path: string, { holds, wanted, exempt }: Duty): string[] {
  if (holds && exempt[path]) return [`${path}: calls ${wanted}, so remove its exemption`];
  return holds || exempt[path] ? [] : [`${path}: opens a transaction without ${wanted}`];
}

function staleExemptions(useCases: ParsedFile[], exemptions: Exemptions): string[] {
  const known = new Set(useCases.map((file) => file.path));
  const listed = [...Object.keys(exemptions.permission), ...Object.keys(exemptions.audit)];
  return listed
    .filter((path) => !known.has(path))
    .map((path) => `${path}: exempted, but no use case any more`);
}
