import type { FieldNode } from "@/lib/catalog/fields/schema";

const upperCase = [
  "cpu",
  "tpm",
  "numa",
  "rng",
  "acpi",
  "apic",
  "smm",
  "kvm",
  "io",
  "efi",
  "bios",
  "gpu",
  "pci",
];
const spellings = new Map([
  ...upperCase.map((word) => [word, word.toUpperCase()] as const),
  ["gpus", "GPUs"] as const,
  ["hyperv", "Hyper-V"] as const,
  ["pvspinlock", "PV spinlock"] as const,
]);

/** A field's name as words: `dedicatedCpuPlacement` → "Dedicated CPU placement", `cpu.model` → "CPU · Model". */
export function fieldTitle({ path, name }: Pick<FieldNode, "path" | "name">): string {
  const words = wordsOf(name);
  // Such a name says nothing without the group it stands in.
  const group = words.length === 1 && path.includes(".") ? sentenceOf(wordsOf(groupOf(path))) : "";
  return [group, sentenceOf(words)].filter((part) => part !== "").join(" · ");
}

function sentenceOf(words: string[]): string {
  const [first = "", ...rest] = words.map((word) => spellings.get(word) ?? word);
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(" ");
}

const silentGroups = new Set(["spec", "template", "domain", "devices"]);

function groupOf(path: string): string {
  const above =
    path
      .replaceAll(/\[\]|\{\}/g, "")
      .split(".")
      .at(-2) ?? "";
  return silentGroups.has(above) ? "" : above;
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[\s_-]+/)
    .filter((word) => word !== "");
}

/** Whether a search finds the field by its words, its path, its description or what stands below it. */
export function matchesField(field: FieldNode, query: string): boolean {
  const wanted = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const text = textOf(field, 3).toLowerCase();
  return wanted.every((word) => text.includes(word));
}

function textOf(field: FieldNode, depth: number): string {
  const own = `${fieldTitle(field)} ${field.path} ${field.description}`;
  if (depth === 0) return own;
  const below = [...(field.children ?? []), ...(field.items ? [field.items] : [])];
  return [own, ...below.map((child) => textOf(child, depth - 1))].join(" ");
}
