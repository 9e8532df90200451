"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { TextLink } from "@/components/ui/text-link";
import type { ImportedInstancetypes } from "@/lib/catalog/sizes/instancetypes/schema";

/** What came of it: each new size with a way to it, each one left out with its reason. */
export function ImportResult({ result: { created, skipped } }: { result: ImportedInstancetypes }) {
  const t = useTranslations("sizes.import");
  return (
    <Callout
      tone={created.length > 0 ? "success" : "warning"}
      role="status"
      title={t("created", { count: created.length })}
    >
      {created.length > 0 && <p>{t("createdHint")}</p>}
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
        {created.map(({ id, name }) => (
          <li key={id}>
            <TextLink href={`/admin/sizes/${id}`} className="font-mono text-xs">
              {name}
            </TextLink>
          </li>
        ))}
      </ul>
      {skipped.length > 0 && (
        <ul className="mt-1 grid gap-0.5">
          {skipped.map(({ key, reason }) => (
            <li key={key}>{t(`skipped.${reason}`, { name: key })}</li>
          ))}
        </ul>
      )}
    </Callout>
  );
}
