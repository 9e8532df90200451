import { useTranslations } from "next-intl";
import { diskOfField, type Settings } from "@/lib/vms/modification/schema";

type Value = Settings[string] | undefined;

const amounts: Record<string, "cores" | "gi" | "gb"> = {
  cpuCores: "cores",
  cpuRequest: "cores",
  memoryGi: "gi",
  memoryRequestGi: "gi",
  diskGb: "gb",
};
const prefix = "spec.template.spec.";

/** What a setting is called and what its value says, to somebody who never reads a manifest. */
export function useSettingWords() {
  const t = useTranslations("modification");
  const requests = useTranslations("requests");

  function nameOf(field: string): string {
    const disk = diskOfField(field);
    if (disk !== null) return t("otherDisk", { name: disk });
    if (t.has(`fields.${field}`)) return t(`fields.${field}`);
    const slug = field.replace(/[^a-zA-Z0-9]/g, "_");
    if (requests.has(`fieldNames.${slug}`)) return requests(`fieldNames.${slug}`);
    return field.startsWith(prefix) ? field.slice(prefix.length) : field;
  }

  function valueOf(field: string, value: Value): string {
    if (value === null || value === undefined || value === "") return t("values.none");
    const known = diskOfField(field) === null ? field : "diskGb";
    const unit = Object.hasOwn(amounts, known) ? amounts[known] : undefined;
    if (unit !== undefined && typeof value === "number") return t(`values.${unit}`, { amount: value });
    if (typeof value === "boolean") return t(value ? "values.yes" : "values.no");
    if (Array.isArray(value)) return value.length === 0 ? t("values.none") : value.map(plain).join(", ");
    return plain(value);
  }

  return { nameOf, valueOf };
}

function plain(value: Value): string {
  if (typeof value !== "object" || value === null) return String(value);
  if (!Array.isArray(value) && typeof value["name"] === "string" && typeof value["count"] === "number")
    return `${value["count"]} × ${value["name"]}`;
  return JSON.stringify(value);
}
