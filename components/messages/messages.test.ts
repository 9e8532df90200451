import { globSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createTranslator } from "next-intl";
import { describe, expect, test } from "vitest";
import { icuParameters } from "./icu-parameters";
import { chooseLocale, locales, type Locale } from "./locales";
import { messageRooms, type MessageRoom } from "./rooms";
import { usedKeys } from "./used-keys";

type Messages = { [key: string]: string | Messages };

const folder = import.meta.dirname;
const root = path.resolve(folder, "../..");
const all: Record<Locale, Messages> = { en: readAll("en"), "zh-CN": readAll("zh-CN") };
const flat: Record<Locale, Map<string, string>> = { en: flatten(all.en), "zh-CN": flatten(all["zh-CN"]) };
const pairs = locales.flatMap((one) =>
  locales.filter((other) => other !== one).map((other) => [one, other] as const),
);

describe("messages", () => {
  test.each(locales)("%s has exactly the files of the list of rooms", (locale) => {
    const files = readdirSync(path.join(folder, locale)).map((file) => path.basename(file, ".json"));
    expect(files.sort()).toEqual([...messageRooms].sort());
  });

  test.each(pairs)("every key of %s exists in %s", (one, other) => {
    expect([...flat[one].keys()].filter((key) => !flat[other].has(key))).toEqual([]);
  });

  test.each(locales)("no message of %s is empty", (locale) => {
    expect([...flat[locale]].filter(([, text]) => text.trim() === "").map(([key]) => key)).toEqual([]);
  });

  test("both languages use the same parameters", () => {
    const differing = [...flat.en]
      .map(([key, text]) => ({
        key,
        en: icuParameters(text),
        zh: icuParameters(flat["zh-CN"].get(key) ?? text),
      }))
      .filter(({ en, zh }) => en.join() !== zh.join());
    expect(differing).toEqual([]);
  });

  test.each(locales)("every message of %s can be formatted", (locale) => {
    expect(unformattable(locale)).toEqual([]);
  });

  test("every key used in code exists", () => {
    const unknown = sourceFiles().flatMap((file) =>
      usedKeys(file, readFileSync(path.join(root, file), "utf8"))
        .filter(({ key }) => !flat.en.has(key))
        .map(({ key, line }) => `${file}:${line} ${key}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe("the reading of code and messages", () => {
  test("a key is found with the namespace of its translator", () => {
    const source = `
      function One() { const t = useTranslations("ui"); return t.rich(yes ? "a.b" : "c", {}); }
      async function two() { const t = await getTranslations("shell"); return other("x") + t("d"); }`;
    expect(usedKeys("x.tsx", source).map(({ key }) => key)).toEqual(["ui.a.b", "ui.c", "shell.d"]);
  });

  test("parameters are found in branches, and not in quotes", () => {
    expect(icuParameters("{count, plural, one {# of {name}} other {<b>#</b>}}")).toEqual([
      "<b>",
      "count",
      "name",
    ]);
    expect(icuParameters("it's '{not}' {yes}")).toEqual(["yes"]);
  });
});

describe("the language", () => {
  test("what was chosen wins over the browser", () => {
    expect(chooseLocale("zh-CN", "en")).toBe("zh-CN");
  });

  test("the browser's order is by quality, not by place", () => {
    expect(chooseLocale(undefined, "fr, en;q=0.2, zh-TW;q=0.7")).toBe("zh-CN");
    expect(chooseLocale(undefined, "zh;q=0, de")).toBe("en");
  });

  test("an unknown choice is ignored", () => {
    expect(chooseLocale("../../etc", null)).toBe("en");
  });
});

function readAll(locale: Locale): Messages {
  return Object.fromEntries(messageRooms.map((room) => [room, readRoom(locale, room)]));
}

function readRoom(locale: Locale, room: MessageRoom): Messages {
  // The tests below find out whether the file is what its type says.
  return JSON.parse(readFileSync(path.join(folder, locale, `${room}.json`), "utf8")) as Messages;
}

function flatten(messages: Messages, prefix = ""): Map<string, string> {
  const entries = Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

function unformattable(locale: Locale): string[] {
  const failed: string[] = [];
  for (const [key, text] of flat[locale]) {
    // One message at a time: typed as a record of text, because the keys are only known at run time.
    const messages: Record<string, string> = { message: text };
    const t = createTranslator({ locale, messages, onError: () => failed.push(key) });
    t.markup("message", sampleValues(text));
  }
  return failed;
}

function sampleValues(message: string) {
  const names = icuParameters(message);
  const value = (name: string) => (name.startsWith("<") ? (chunks: string) => chunks : 1);
  return Object.fromEntries(names.map((name) => [name.replace(/[<>]/g, ""), value(name)]));
}

function sourceFiles() {
  const files = globSync("{app,components}/**/*.{ts,tsx}", { cwd: root });
  return files.filter((file) => !/\.test\.tsx?$|gallery-preview/.test(file));
}
