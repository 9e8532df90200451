import { vmMachine, type VmState } from "@/lib/vms/machine";
import { nearestWord } from "../nearest/rules";
import {
  comparisons,
  durationKeys,
  durationUnits,
  keyAliases,
  numberKeys,
  searchKeys,
  textKeys,
  valuesMax,
  type Comparison,
  type DurationKey,
  type NumberKey,
  type SearchProblem,
  type SearchTerm,
  type TextKey,
} from "../schema";
import type { Token } from "../tokens/rules";

type Read = SearchTerm | SearchProblem;
type Place = Pick<Token, "at" | "length" | "text">;

/** What a part of the search means, or why it means nothing. */
export function termOf(token: Token): Read {
  const open = token.values.find(({ isOpen }) => isOpen);
  if (open) return problem("open_quote", token);
  if (token.values.some(({ text }) => text === "")) return problem("missing_value", token);
  if (token.values.length > valuesMax) return problem("too_much", token);
  if (token.key === null) return freeTerm(token);
  return keyedTerm(keyAliases.get(token.key) ?? token.key, token);
}

function freeTerm(token: Token): Read {
  const [value] = token.values;
  if (value === undefined) return problem("missing_value", token);
  const { text, isPattern } = value;
  return { type: "free", isNegated: token.isNegated, value: { text, isPattern } };
}

function keyedTerm(word: string, token: Token): Read {
  const numberKey = numberKeys.find((key) => key === word);
  if (numberKey !== undefined) return numberTerm(numberKey, token);
  const durationKey = durationKeys.find((key) => key === word);
  if (durationKey !== undefined) return durationTerm(durationKey, token);
  if (!searchKeys.some((key) => key === word)) return unknownKey(word, token);
  if (comparisonOf(token.sign) !== "=") return problem("not_comparable", token);
  if (word === "status") return stateTerm(token);
  if (word === "protected") return switchTerm(token);
  const textKey = textKeys.find((key) => key === word);
  return textKey === undefined ? unknownKey(word, token) : textTerm(textKey, token);
}

function comparisonOf(sign: string): Comparison {
  return comparisons.find((one) => one === sign) ?? "=";
}

function textTerm(key: TextKey, { isNegated, values }: Token): Read {
  return { type: "text", key, isNegated, values: values.map(({ text, isPattern }) => ({ text, isPattern })) };
}

function stateTerm({ isNegated, values }: Token): Read {
  const states: VmState[] = [];
  for (const value of values) {
    const word = value.text.toUpperCase();
    const state = vmMachine.states.find((one) => one === word);
    if (state === undefined) {
      const meant = nearestWord(word, vmMachine.states)?.toLowerCase();
      return problem("unknown_value", value, meant);
    }
    states.push(state);
  }
  return { type: "state", isNegated, values: states };
}

function numberTerm(key: NumberKey, token: Token): Read {
  const comparison = comparisonOf(token.sign);
  const wrong = token.values.find(({ text }) => !/^\d{1,6}(\.\d)?$/.test(text));
  if (wrong) return problem("not_a_number", wrong);
  if (comparison !== "=" && token.values.length > 1) return problem("not_a_number", token);
  const values = token.values.map(({ text }) => Number(text));
  return { type: "number", key, isNegated: token.isNegated, comparison, values };
}

function durationTerm(key: DurationKey, token: Token): Read {
  const { isNegated, values, sign } = token;
  const [value] = values;
  if (value === undefined || values.length > 1) return problem("not_a_duration", token);
  const comparison = comparisonOf(sign);
  if (comparison === "=") {
    if (key === "expires" && value.text.toLowerCase() === "never") return { type: "never", isNegated };
    return problem("needs_comparison", token, `${key}<${/^\d/.test(value.text) ? value.text : "7d"}`);
  }
  const [, amount, letter] = /^(\d{1,4})([a-z])$/.exec(value.text.toLowerCase()) ?? [];
  const unit = durationUnits.find((one) => one === letter);
  if (amount === undefined || unit === undefined) return problem("not_a_duration", value);
  return { type: "duration", key, isNegated, comparison, amount: Number(amount), unit };
}

function switchTerm(token: Token): Read {
  const word = token.values[0]?.text.toLowerCase();
  if (token.values.length === 1 && (word === "yes" || word === "no"))
    return { type: "switch", isNegated: token.isNegated, isOn: word === "yes" };
  return problem("unknown_value", token.values[0] ?? token, "yes");
}

function unknownKey(word: string, { at, isNegated, sign }: Token): SearchProblem {
  const text = word + sign;
  const meant = nearestWord(word, searchKeys);
  const place = { at: isNegated ? at + 1 : at, length: text.length, text };
  return problem("unknown_key", place, meant === null ? null : meant + sign);
}

function problem(
  code: SearchProblem["code"],
  { at, length, text }: Place,
  suggestion?: string | null,
): SearchProblem {
  return { code, at, length, text, suggestion: suggestion ?? null };
}
