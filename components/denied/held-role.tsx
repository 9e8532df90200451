import { useTranslations } from "next-intl";
import { ExactTime } from "@/components/ui/exact-time";
import type { ResourceRole } from "@/lib/vocabulary/permissions";

/** "Member until 4 May" or, without an end, "Member". */
export function HeldRole({ role, until }: { role: ResourceRole; until: Date | null }) {
  const t = useTranslations("denied");
  if (until === null) return t(`role.${role}`);
  return t.rich("heldUntil", { role: t(`role.${role}`), time: () => <ExactTime at={until} style="date" /> });
}
