import { readFileSync } from "node:fs";
import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { facts } from "@/e2e/factories/explained/facts";
import { clusterRows } from "@/e2e/factories/explained/told-by-clusters";
import { placeRows } from "@/e2e/factories/explained/told-of-places";
import { portalRows } from "@/e2e/factories/explained/told-by-portal";
import { locales } from "@/components/messages/locales";
import { explainVm } from "@/lib/vms/explanation/rules";
import { causeCodes, remedyCodes } from "@/lib/vms/explanation/schema";

interface Words {
  cause: Record<string, string>;
  remedy: Record<string, string>;
}

const rows = [...clusterRows, ...placeRows, ...portalRows];

function wordsOf(locale: string): Words {
  const text = readFileSync(`components/messages/${locale}/explanation.json`, "utf8");
  // The messages' own test checks the file.
  return JSON.parse(text) as Words;
}

test.each(locales)("%s has a sentence for every cause and every remedy, and no other", (locale) => {
  const { cause, remedy } = wordsOf(locale);
  expect(Object.keys(cause).sort()).toEqual([...causeCodes].sort());
  expect(Object.keys(remedy).sort()).toEqual([...remedyCodes].sort());
});

test.each(locales)("%s says every explanation whole, in one sentence without a gap", (locale) => {
  const failed: string[] = [];
  const messages = { ...wordsOf(locale) };
  const t = createTranslator({ locale, messages, onError: ({ message }) => failed.push(message) });
  for (const [name, over] of rows) {
    const explained = explainVm(facts(over));
    const sentence = t(`cause.${explained?.code ?? ""}`, explained?.params);
    expect(sentence, name).toMatch(/[.。:：…\w）)]$/);
    expect(sentence, name).not.toMatch(/[{}]| {2}|undefined|NaN|\bnone\b/);
    if (explained?.remedy) t(`remedy.${explained.remedy.code}`, explained.remedy.params);
  }
  expect(failed).toEqual([]);
});
