import { useTranslations } from "next-intl";
import { TextLink } from "@/components/ui/text-link";
import type { AccessRow } from "@/lib/access/reviews/schema";

type Place = Pick<AccessRow, "systemId" | "systemName" | "resourceType" | "resourceId" | "resourceName">;

const folders = { system: "systems", service: "services", vm: "vms" } as const;

/** What a role is on, and in which system that lies. */
export function PlaceLink({ place, withSystem = true }: { place: Place; withSystem?: boolean }) {
  const t = useTranslations("access.place");
  const { resourceType, resourceId } = place;
  if (resourceType === null || resourceId === null) return <span>{t("everywhere")}</span>;
  return (
    <span className="grid">
      <TextLink href={`/${folders[resourceType]}/${resourceId}`}>{place.resourceName}</TextLink>
      <span className="text-xs text-ink-faint">
        {t(resourceType)}
        {withSystem && resourceType !== "system" && ` · ${place.systemName ?? ""}`}
      </span>
    </span>
  );
}
