import type { ParsedFile } from "./parse-file";

const PRODUCT = /^(app|components|lib)\//;
// The command that starts everything hands each process its own environment.
const READS_ENVIRONMENT = /^lib\/core\/env\.ts$|^lib\/processes\/(up\.ts|up\/|.*\.mjs$)/;
const TEST = /\.test\.tsx?$/;

export function checkEnvironmentReads(files: ParsedFile[]): string[] {
  return files
    .filter((file) => PRODUCT.test(file.path) && !READS_ENVIRONMENT.test(file.path) && !TEST.test(file.path))
    .filter((file) => /\bprocess\.env\b/.test(file.text))
    .map((file) => `${file.path}: reads process.env; lib/core/env.ts does that for everybody`);
}

/** A word of the vocabulary that nobody says is a promise that nobody keeps. */
export function checkWordsAreUsed(words: readonly string[], files: ParsedFile[]): string[] {
  const said = new Set<string>();
  for (const file of files) {
    if (!/^(app|lib)\//.test(file.path) || file.path.startsWith("lib/vocabulary/") || TEST.test(file.path))
      continue;
    for (const text of file.strings) said.add(text);
  }
  return words
    .filter((word) => !said.has(word))
    .map((word) => `lib/vocabulary/audit-actions.ts: nothing records ${word}`);
}

const CLOCK = /\bnew Date\(\)|\bDate\.now\(\)/;
const RULE = /^lib\/.*\/(rules|machine|schema|labels)\.ts$|^lib\/vocabulary\//;

/** Facts in, decision out: a rule that looks at the clock cannot be tried at another time. */
export function checkPureFilesHaveNoClock(files: ParsedFile[]): string[] {
  return files
    .filter((file) => RULE.test(file.path) && CLOCK.test(file.text))
    .map((file) => `${file.path}: looks at the clock; take the time as a fact`);
}
