import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { TimeAgo } from "@/components/ui/time-ago";
import type { SampleView } from "@/lib/identity/providers/mapping/schema";
import type { ProviderDetail } from "@/lib/identity/providers/schema";
import { FieldTable } from "./field-table";
import { TakeSample } from "./take-sample";

type SampleSectionProps = { provider: ProviderDetail; sample: SampleView; hasDirectory: boolean };

/** A few people as the provider describes them, to choose fields by. */
export function SampleSection({ provider, sample, hasDirectory }: SampleSectionProps) {
  const t = useTranslations("providers.sample");
  const way = hasDirectory ? "directory" : "redirect";
  const take = <TakeSample providerId={provider.id} way={way} isAgain={sample.people.length > 0} />;
  const [latest] = sample.people;
  if (!latest) {
    return (
      <div className="rounded-lg border bg-surface">
        <EmptyState icon="users" title={t("emptyTitle")} action={take}>
          {t(`empty.${way}`)}
        </EmptyState>
      </div>
    );
  }
  return (
    <Section
      title={t("title", { count: sample.people.length })}
      description={t("description", { fields: sample.fields.length })}
      actions={take}
    >
      <p className="text-xs text-ink-faint">
        {t.rich("takenAt", { time: () => <TimeAgo at={latest.takenAt} /> })}
      </p>
      {!hasDirectory && sample.people.length === 1 && <Callout tone="info">{t("onePerson")}</Callout>}
      <FieldTable fields={sample.fields} people={sample.people.length} />
    </Section>
  );
}
