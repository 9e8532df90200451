import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import type { EditorFields, FieldSchemaRow } from "@/lib/catalog/fields/schema";

type SchemaBannerProps = { fields: EditorFields; schemas: readonly FieldSchemaRow[] };

/** Where the drawn fields are another KubeVirt's than a cluster runs, or only stand in for one. */
export function SchemaBanner({ fields, schemas }: SchemaBannerProps) {
  const t = useTranslations("sizes.banner");
  const used = schemas.filter(({ clusters }) => clusters.length > 0);
  const standIns = used.filter(({ source }) => source === "fallback");
  const others = used.filter(({ minor, source }) => minor !== fields.minor && source !== "fallback");
  if (standIns.length === 0 && others.length === 0) return null;
  const isStandIn = standIns.length > 0;
  return (
    <Callout
      tone={isStandIn ? "warning" : "info"}
      title={t(isStandIn ? "fallback" : "otherMinor", { minor: fields.minor })}
    >
      <ul className="grid gap-0.5">
        {standIns.map(({ minor, fallback, clusters, lastError }) => (
          <li key={minor}>
            {t("standIn", { minor, fallback: fallback ?? fields.minor, clusters: namesOf(clusters) })}
            {lastError !== null && ` ${t("lastError", { error: lastError })}`}
          </li>
        ))}
        {others.map(({ minor, clusters }) => (
          <li key={minor}>{t("runs", { minor, clusters: namesOf(clusters) })}</li>
        ))}
      </ul>
    </Callout>
  );
}

function namesOf(clusters: FieldSchemaRow["clusters"]): string {
  return clusters.map(({ name }) => name).join(", ");
}
