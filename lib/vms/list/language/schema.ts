import type { VmState } from "@/lib/vms/machine";

/** The keys of the search language, by what a value of theirs is. */
export const textKeys = [
  ...(["name", "system", "service", "env", "namespace"] as const),
  ...(["cluster", "template", "size", "owner", "ip"] as const),
] as const;
export const numberKeys = ["cpu", "memory", "disk"] as const;
export const durationKeys = ["expires", "age", "since"] as const;
export const searchKeys = [...textKeys, "status", ...numberKeys, ...durationKeys, "protected"] as const;

export type SearchKey = (typeof searchKeys)[number];
export type TextKey = (typeof textKeys)[number];
export type NumberKey = (typeof numberKeys)[number];
export type DurationKey = (typeof durationKeys)[number];

/** Other words for a key, as people bring them along from elsewhere. */
export const keyAliases = new Map<string, (typeof searchKeys)[number]>([
  ["state", "status"],
  ["environment", "env"],
  ["ns", "namespace"],
  ["mem", "memory"],
  ["ram", "memory"],
  ["os", "template"],
]);

export const searchLengthMax = 500;
export const termsMax = 20;
export const valuesMax = 20;

export const comparisons = ["=", "<", "<=", ">", ">="] as const;
export type Comparison = (typeof comparisons)[number];
export const durationUnits = ["m", "h", "d", "w"] as const;
export type DurationUnit = (typeof durationUnits)[number];

/** A text to find; in a pattern each * stands for any letters. */
export interface TextValue {
  text: string;
  isPattern: boolean;
}

/** One condition; all of a search must hold. */
export type SearchTerm = { isNegated: boolean } & (
  | { type: "free"; value: TextValue }
  | { type: "text"; key: TextKey; values: TextValue[] }
  | { type: "state"; values: VmState[] }
  | { type: "number"; key: NumberKey; comparison: Comparison; values: number[] }
  | {
      type: "duration";
      key: DurationKey;
      comparison: Exclude<Comparison, "=">;
      amount: number;
      unit: DurationUnit;
    }
  | { type: "never" }
  | { type: "switch"; isOn: boolean }
);

export const searchProblems = [
  "unknown_key",
  "unknown_value",
  "missing_value",
  "not_a_number",
  "not_a_duration",
  "not_comparable",
  "needs_comparison",
  "open_quote",
  "too_much",
] as const;

/** What was not understood, and where it stands in the text. */
export interface SearchProblem {
  code: (typeof searchProblems)[number];
  at: number;
  length: number;
  text: string;
  /** What was meant, as far as one can guess. */
  suggestion: string | null;
}

export interface ParsedSearch {
  terms: SearchTerm[];
  problems: SearchProblem[];
}
