"use client";

import { useTranslations } from "next-intl";
import { useRoleName } from "@/components/access/role-words";
import { Spinner } from "@/components/ui/spinner";
import type { MappingPreview } from "@/lib/identity/providers/mapping/schema";
import { FailureCallout } from "./failure-callout";
import type { MappingEffect as Effect } from "./use-mapping-preview";

type SystemName = { id: string; name: string };
type Part = MappingPreview["gain"];

const parts = ["gain", "lose", "change"] as const;
const looks = {
  gain: "border-success-line bg-success-soft",
  lose: "border-danger-line bg-danger-soft",
  change: "border-info-line bg-info-soft",
};

/** The people whom a change of mappings reaches, before it is made. */
export function MappingEffect({ effect, systems }: { effect: Effect; systems: readonly SystemName[] }) {
  const t = useTranslations("providers.effect");
  if (effect.state === "refused") return <FailureCallout failure={effect.failure} />;
  if (effect.state === "asked")
    return <Spinner label={t("asking")} className="justify-self-center text-ink-faint" />;
  if (effect.state === "unknown") return null;
  const reached = parts.filter((part) => effect.preview[part].count > 0);
  return (
    <div role="status" className="grid min-w-0 gap-2">
      {reached.length === 0 && (
        <p className="rounded-md border bg-sunken px-3 py-2 text-sm text-ink-muted">{t("nobody")}</p>
      )}
      {reached.map((part) => (
        <EffectPart key={part} part={part} people={effect.preview[part]} systems={systems} />
      ))}
      <p className="text-xs text-ink-faint">{t("known")}</p>
    </div>
  );
}

type EffectPartProps = { part: keyof typeof looks; people: Part; systems: readonly SystemName[] };

function EffectPart({ part, people, systems }: EffectPartProps) {
  const t = useTranslations("providers.effect");
  const hidden = people.count - people.people.length;
  return (
    <section className={`min-w-0 rounded-md border px-3 py-2 text-sm ${looks[part]}`}>
      <h3 className="font-medium">{t(part, { count: people.count })}</h3>
      <ul className="mt-1 grid max-h-48 gap-1 overflow-y-auto text-ink-muted">
        {people.people.map((change) => (
          <li key={`${change.userId} ${change.roleId} ${change.systemId}`} className="min-w-0 break-words">
            <ChangeLine change={change} systems={systems} />
          </li>
        ))}
      </ul>
      {hidden > 0 && <p className="mt-1 text-xs text-ink-faint">{t("more", { count: hidden })}</p>}
    </section>
  );
}

function ChangeLine({ change, systems }: { change: Part["people"][number]; systems: readonly SystemName[] }) {
  const t = useTranslations("providers.effect");
  const nameOf = useRoleName();
  const system = systems.find(({ id }) => id === change.systemId)?.name ?? change.systemId;
  const list = (environments: readonly string[] | null) => environments?.join(", ") || t("noEnvironment");
  const isChange = change.before !== null && change.after !== null;
  return (
    <>
      <span className="font-medium text-ink">{change.displayName}</span>{" "}
      <span className="text-xs">({change.username})</span>
      {" · "}
      {nameOf({ id: change.roleId, displayName: change.roleDisplayName })}
      {system !== null && ` · ${t("inSystem", { name: system })}`}
      {" · "}
      {isChange
        ? t("fromTo", { before: list(change.before), after: list(change.after) })
        : list(change.after ?? change.before)}
    </>
  );
}
