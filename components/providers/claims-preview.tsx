"use client";

import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { SampleView } from "@/lib/identity/providers/mapping/schema";
import { personFromAttributes, type ExternalPerson } from "@/lib/identity/providers/people/rules";
import type { ClaimsMapping } from "@/lib/identity/providers/schema";

type ClaimsPreviewProps = { people: SampleView["people"]; claims: ClaimsMapping };

/** The sampled people as the portal would know them, by the very rule that a sign-in uses. */
export function ClaimsPreview({ people, claims }: ClaimsPreviewProps) {
  const t = useTranslations("providers.claims");
  const known = people.map(({ subject, attributes }) => personFromAttributes(subject, attributes, claims));
  const values = new Set(known.flatMap(({ cohorts }) => (cohorts ?? []).map(({ key }) => key)));
  return (
    <Card
      flush
      title={t("preview")}
      description={
        known.length === 0 ? undefined : t("previewCount", { people: known.length, values: values.size })
      }
      className="lg:sticky lg:top-18"
    >
      {known.length === 0 ? (
        <p className="p-4 text-sm text-ink-muted">{t("previewEmpty")}</p>
      ) : (
        <ul className="max-h-[34rem] divide-y overflow-y-auto" aria-live="polite">
          {known.map((person) => (
            <li key={person.externalId} className="grid min-w-0 gap-1.5 px-4 py-2.5">
              <PersonLine person={person} />
              <CohortLine cohorts={person.cohorts} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function PersonLine({ person }: { person: ExternalPerson }) {
  const t = useTranslations("providers.claims");
  return (
    <span className="grid min-w-0 text-sm">
      <span className="truncate font-medium">{person.displayName}</span>
      <span className="truncate text-xs text-ink-faint">
        {person.username} · {person.email ?? t("noEmail")}
      </span>
    </span>
  );
}

function CohortLine({ cohorts }: Pick<ExternalPerson, "cohorts">) {
  const t = useTranslations("providers.claims");
  if (cohorts === null) return <span className="text-xs text-warning">{t("saysNothing")}</span>;
  if (cohorts.length === 0) return <span className="text-xs text-ink-faint">{t("inNone")}</span>;
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {cohorts.map(({ key }) => (
        <span
          key={key}
          className="max-w-full rounded-sm border bg-sunken px-1.5 text-left font-mono text-2xs leading-5 max-sm:break-all sm:truncate"
          title={key}
        >
          {key}
        </span>
      ))}
    </span>
  );
}
