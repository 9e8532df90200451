import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import { environmentClasses } from "@/lib/vocabulary/environments";
import { EnvironmentClassBadge } from "./environment-table";

/** What it means to be of one class or the other. */
export function EnvironmentClasses() {
  const t = useTranslations("access.environments");
  return (
    <Section title={t("classesTitle")}>
      <ul className="grid gap-3 sm:grid-cols-2">
        {environmentClasses.map((name) => (
          <li key={name} className="grid content-start gap-2 rounded-lg border bg-surface p-4 text-sm">
            <span>
              <EnvironmentClassBadge name={name} />
            </span>
            <p className="text-ink-muted">{t(name === "prod" ? "classProdText" : "classTestText")}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
