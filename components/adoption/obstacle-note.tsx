import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { TextLink } from "@/components/ui/text-link";
import type { Obstacle } from "@/lib/vms/adoption/schema";
import { RegisterNamespace } from "./register-namespace";

/** What stands in the way of the machine's row, with the remedy where there is one. */
export function ObstacleNote({ obstacle }: { obstacle: Obstacle }) {
  const t = useTranslations("adoption.obstacle");
  return (
    <Callout
      tone="warning"
      title={t(obstacle.code, textsOf(obstacle))}
      actions={
        isRemediable(obstacle) && (
          <RegisterNamespace namespace={obstacle.namespace} environment={obstacle.environment} />
        )
      }
    >
      <ObstacleRemedy obstacle={obstacle} />
    </Callout>
  );
}

function textsOf(obstacle: Obstacle): Record<string, string> {
  return Object.fromEntries(Object.entries(obstacle).map(([name, value]) => [name, String(value)]));
}

function ObstacleRemedy({ obstacle }: { obstacle: Obstacle }) {
  const t = useTranslations("adoption.obstacle");
  if (obstacle.code === "name_taken")
    return <TextLink href={`/vms/${obstacle.vmId}`}>{t("seeTaken")}</TextLink>;
  if (obstacle.code === "environment_differs") return null;
  return obstacle.registrable
    ? t("namespace_unregisteredRemedy", { environment: obstacle.environment })
    : t("namespace_unregistrable");
}

type Unregistered = Extract<Obstacle, { code: "namespace_unregistered" }>;

function isRemediable(obstacle: Obstacle): obstacle is Unregistered {
  return obstacle.code === "namespace_unregistered" && obstacle.registrable;
}
