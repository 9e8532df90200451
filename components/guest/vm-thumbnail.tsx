import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { Icon, type IconName } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { ScreenStanding } from "@/lib/vms/thumbnail/schema";
import { ScreenPicture } from "./screen-picture";

interface VmThumbnailProps {
  vmId: string;
  vmName: string;
  /** The machine's status, for what is drawn where no picture is. */
  status: string;
  standing: ScreenStanding;
}

/** The machine's screen, small; whoever may open its console goes there by it. */
export function VmThumbnail({ vmId, vmName, status, standing }: VmThumbnailProps) {
  const t = useTranslations("guest.screen");
  if (standing.kind === "no_permission")
    return (
      <Box>
        <Drawn icon="lock" text={t("no_permission")} />
      </Box>
    );
  return (
    <Link
      href={`/vms/${vmId}/console`}
      className="group/screen block rounded-lg focus-visible:outline-2 focus-visible:outline-offset-2 focus-visible:outline-accent-ink"
    >
      <span className="sr-only">{t("open", { name: vmName })}</span>
      <Box>
        {standing.kind === "open" && (
          <ScreenPicture vmId={vmId} vmName={vmName} isPaused={status === "PAUSED"} />
        )}
        {standing.kind === "needs_step_up" && <Drawn icon="lock" text={t("needs_step_up")} />}
        {standing.kind === "needs_grant" && <Drawn icon="shield-check" text={t("needs_grant")} />}
        {standing.kind === "no_screen" && (
          <Drawn
            icon={status === "STOPPED" ? "stopped" : "monitor"}
            text={t(status === "STOPPED" ? "stopped" : "no_screen")}
          />
        )}
      </Box>
    </Link>
  );
}

/** As large before the picture as with it. */
function Box({ children }: { children: ReactNode }) {
  return (
    <div
      className={cn(
        "relative grid aspect-[16/10] w-full place-items-center overflow-hidden rounded-lg border bg-[oklch(0.16_0.01_265)] text-[oklch(0.8_0.01_265)]",
        "group-hover/screen:border-accent-ink",
      )}
    >
      {children}
    </div>
  );
}

function Drawn({ icon, text }: { icon: IconName; text: string }) {
  return (
    <span className="grid max-w-56 justify-items-center gap-2 p-4 text-center text-xs text-pretty">
      <Icon name={icon} className="size-6 opacity-70" />
      {text}
    </span>
  );
}
