import { describe, expect, test } from "vitest";
import { recordsOf } from "@/e2e/factories/account";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { operations } from "@/lib/vocabulary/operations";
import { deliveryLocales } from "../rules";
import { previewTemplate } from "./preview-template";
import { listTemplates, readTemplateRow } from "./queries";
import { readTemplate, wordsOf } from "./read-template";
import { resetTemplate } from "./reset-template";
import { fillTemplate, placeholdersOf, requireKnownPlaceholders } from "./rules";
import { templateNames, updateTemplateInput } from "./schema";
import { updateTemplate } from "./update-template";

const outcome = (attempt: Promise<unknown>) => attempt.then(() => "done").catch(refusalOf);
const text = {
  name: "VM_EXPIRY",
  locale: "en",
  subject: "{vm} ends",
  body: "In {days} days.\n{link}",
  version: 0,
} as const;

describe("the words that come with the product", () => {
  test.each(deliveryLocales)("name only what each kind has, in %s", (locale) => {
    for (const name of templateNames) requireKnownPlaceholders(name, wordsOf[locale].templates[name]);
  });

  test.each(deliveryLocales)("hold a link in every text of %s, and a word for every operation", (locale) => {
    const { templates, operations: said } = wordsOf[locale];
    expect(templateNames.filter((name) => !templates[name].body.includes("{link}"))).toEqual([]);
    expect(operations.filter((operation) => said[operation] === undefined)).toEqual([]);
  });

  test("use the same placeholders in both languages", () => {
    const used = (body: string) => [...body.matchAll(/\{\w+\}/g)].map(String).sort();
    for (const name of templateNames) {
      const { en, "zh-CN": zh } = wordsOf;
      expect(used(zh.templates[name].body)).toEqual(used(en.templates[name].body));
    }
  });
});

describe("an administrator's words", () => {
  test("stand in for the product's until they are taken back, and each change is recorded", async () => {
    const ctx = await anAdministrator();
    expect(await updateTemplate(ctx, text)).toEqual({ version: 1 });
    expect(await readTemplate({ name: "VM_EXPIRY", locale: "en" })).toMatchObject({ subject: "{vm} ends" });
    expect(await readTemplate({ name: "VM_EXPIRY", locale: "zh-CN" })).toEqual(
      wordsOf["zh-CN"].templates.VM_EXPIRY,
    );
    expect(await outcome(updateTemplate(ctx, text))).toBe("CONFLICT");
    expect(await updateTemplate(ctx, { ...text, version: 1 })).toEqual({ version: 2 });
    expect(await readTemplateRow(ctx, text)).toMatchObject({ isOwn: true, version: 2 });
    await resetTemplate(ctx, text);
    expect(await readTemplateRow(ctx, text)).toMatchObject({ isOwn: false, version: 0 });
    expect((await recordsOf(ctx)).map(({ action }) => action)).toEqual(
      Array(3).fill("notification_template.update"),
    );
  });

  test("may name only what the kind has; the refusal says which name it is", async () => {
    const ctx = await anAdministrator();
    await expect(updateTemplate(ctx, { ...text, body: "{vm} {password} {link}" })).rejects.toMatchObject({
      fields: [{ field: "body", code: "unknown_placeholder", params: { placeholder: "password" } }],
    });
    for (const bad of ["{}", "{ vm }", "{constructor}", "{__proto__}", "{vm.name}"]) {
      expect(await outcome(updateTemplate(ctx, { ...text, subject: bad }))).toBe(
        "VALIDATION_FAILED subject:unknown_placeholder",
      );
    }
  });

  test("have no line break in a subject", () => {
    expect(updateTemplateInput.safeParse({ ...text, subject: "a\r\nBcc: b" }).success).toBe(false);
  });

  test("are written, read and tried by platform administrators", async () => {
    const member = await aPerson("role-approval-admin");
    for (const attempt of [
      () => updateTemplate(member, text),
      () => listTemplates(member),
      () => previewTemplate(member, text),
    ]) {
      expect(await outcome(attempt())).toBe("PERMISSION_DENIED");
    }
  });

  test("can be looked at as they would arrive, every kind in both languages", async () => {
    const ctx = await anAdministrator();
    for (const { name, locale, subject, body } of (await listTemplates(ctx)).items) {
      const preview = await previewTemplate(ctx, { name, locale, subject, body });
      expect(`${preview.subject} ${preview.text}`).not.toMatch(/[{}\u0001]/);
      expect(preview.html).toContain("<a href=");
    }
  });
});

test("a line whose facts are all missing is left out, and what values hold is not filled again", () => {
  const facts = { vm: "", requester: "{vm}$&", link: "https://x/?a=1&b=2" };
  const filled = fillTemplate(
    { subject: "{requester}", body: "Machine: {vm}\nBy {requester}\n\n{link}" },
    facts,
  );
  expect(filled.subject).toBe("{vm}$&");
  expect(filled.text).toBe("By {vm}$&\n\nhttps://x/?a=1&b=2");
  expect(filled.html).toBe(
    '<p>By {vm}$&amp;</p>\n<p><a href="https://x/?a=1&amp;b=2">https://x/?a=1&amp;b=2</a></p>',
  );
  expect(placeholdersOf("VM_EXPIRY")).toContain("link");
});
