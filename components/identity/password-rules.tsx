import { Check } from "lucide-react";
import { useTranslations } from "next-intl";

/** Said before anybody types, so that nobody learns the rules by being refused. */
export function PasswordRules({ lengthMin }: { lengthMin: number }) {
  const t = useTranslations("identity");
  const rules = [
    t("changePassword.ruleLength", { minimum: lengthMin }),
    t("changePassword.ruleSentence"),
    t("changePassword.ruleWords"),
    t("changePassword.ruleNever"),
  ];
  return (
    <section className="rounded-lg border bg-surface px-3.5 py-3 text-sm">
      <h2 className="text-xs font-medium text-ink-muted">{t("changePassword.rulesTitle")}</h2>
      <ul className="mt-2 grid gap-1.5">
        {rules.map((rule) => (
          <li key={rule} className="flex items-start gap-2">
            <Check aria-hidden className="mt-0.5 size-3.5 shrink-0 text-ink-faint" />
            <span>{rule}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
