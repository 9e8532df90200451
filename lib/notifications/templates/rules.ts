import { fieldRefused } from "@/lib/core/errors";
import type { NoticeParams, NoticeSentence } from "../labels";
import type { TemplateName, TemplateText } from "./schema";

export interface NoticeWords {
  templates: Record<TemplateName, TemplateText>;
  operations: Record<string, string>;
  roles: Record<string, string>;
  alerts: Record<string, string>;
  someAlert: string;
  /** What a link's button says. */
  open: string;
  footer: string;
}

const aboutRequest = ["requester", "operation", "system", "service", "vm"];

/** What each text may name; a name that is not here is refused, so that no reader ever meets a pair of braces. */
const own: Record<NoticeSentence | "DIGEST", readonly string[]> = {
  APPROVAL_PENDING: aboutRequest,
  APPROVAL_COMPLETED: ["approver", "operation", "system", "service"],
  APPROVAL_REJECTED: ["approver", "operation", "system", "reason"],
  APPROVAL_REMINDER: [...aboutRequest, "step"],
  APPROVAL_ESCALATED: [...aboutRequest, "step"],
  ACCESS_PENDING: ["requester", "system", "role", "days"],
  ACCESS_COMPLETED: ["approver", "system", "role", "days"],
  ACCESS_REJECTED: ["approver", "system", "reason"],
  INFORMATION_REQUESTED: ["approver", "operation", "system", "vm", "question"],
  INFORMATION_GIVEN: ["requester", "operation", "system", "vm"],
  REQUEST_COMMENT: ["author", "operation", "system", "vm", "comment"],
  VM_SUCCEEDED: ["vm", "operation", "system"],
  VM_FAILED: ["vm", "operation", "system"],
  VM_EXPIRY: ["vm", "days", "system"],
  BATCH_COMPLETED: ["operation", "succeeded", "failed"],
  QUOTA_CHANGED: ["system", "environment"],
  EMERGENCY_ACCESS: ["person", "system", "environment", "reason", "minutes"],
  EMERGENCY_REVIEW: ["person", "system"],
  SYSTEM_ALERT: ["alert", "provider", "username", "gone"],
  DIGEST: ["count", "entries"],
};

export function placeholdersOf(name: TemplateName): string[] {
  return [...own[name], "recipient", "link"];
}

const placeholder = /\{([^{}]*)\}/g;

/** @throws VALIDATION_FAILED naming the first placeholder that this text does not have */
export function requireKnownPlaceholders(name: TemplateName, text: TemplateText): void {
  for (const field of ["subject", "body"] as const) {
    // The entries of a digest are many lines, and a subject is one.
    const known = placeholdersOf(name).filter((word) => field === "body" || word !== "entries");
    const unknown = [...text[field].matchAll(placeholder)]
      .map(([, word = ""]) => word)
      .find((word) => !known.includes(word));
    if (unknown !== undefined) {
      const params = { placeholder: unknown, known: known.map((word) => `{${word}}`).join(", ") };
      throw fieldRefused(field, "unknown_placeholder", params);
    }
  }
}

const valueLengthMax = 400;

/** A fact as one line of plain text: no control characters, and no marks that turn the reading direction around. */
export function cleanValue(value: unknown): string {
  if (value === null || value === undefined) return "";
  return String(value)
    .replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g, "")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim()
    .slice(0, valueLengthMax);
}

/** The facts of a notice in the words of a language. */
export function factsOf(params: NoticeParams, words: NoticeWords): Record<string, string> {
  const facts = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, cleanValue(value)]));
  const said = (table: Record<string, string>, name: string) =>
    Object.hasOwn(table, facts[name] ?? "") ? (table[facts[name] ?? ""] ?? "") : (facts[name] ?? "");
  return {
    ...facts,
    operation: said(words.operations, "operation"),
    role: said(words.roles, "role"),
    alert: Object.hasOwn(words.alerts, facts["alert"] ?? "") ? said(words.alerts, "alert") : words.someAlert,
  };
}

export interface FilledNotice {
  subject: string;
  text: string;
  html: string;
}

/** Fills a text. A line whose placeholders are all empty is left out, so that no label stands alone. */
export function fillTemplate(template: TemplateText, facts: Record<string, string>): FilledNotice {
  const lines = template.body.split(/\r?\n/).filter((line) => !isEmptied(line, facts));
  const subject = fill(template.subject, facts, cleanValue);
  const text = fill(lines.join("\n"), facts, (value) => value).replace(/\n{3,}/g, "\n\n");
  return { subject, text: text.trim(), html: toHtml(lines, facts) };
}

function isEmptied(line: string, facts: Record<string, string>): boolean {
  const named = [...line.matchAll(placeholder)].map(([, word = ""]) => word);
  return named.length > 0 && named.every((word) => (facts[word] ?? "") === "");
}

function fill(
  text: string,
  facts: Record<string, string>,
  say: (value: string, name: string) => string,
): string {
  return text.replace(placeholder, (_whole, name: string) => say(facts[name] ?? "", name));
}

// Braces survive escaping, so the text is escaped first and each value on its way in.
function toHtml(lines: readonly string[], facts: Record<string, string>): string {
  const paragraphs = lines
    .join("\n")
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => fill(escapeHtml(paragraph), facts, (value, name) => sayInHtml(value, name)));
  return paragraphs.map((paragraph) => `<p>${paragraph.replaceAll("\n", "<br>\n")}</p>`).join("\n");
}

function sayInHtml(value: string, name: string): string {
  const escaped = escapeHtml(value);
  return name === "link" && value !== "" ? `<a href="${escaped}">${escaped}</a>` : escaped;
}

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
