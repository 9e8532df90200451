import { getTranslations } from "next-intl/server";
import { Icon } from "@/components/ui/icon";
import { LinkButton } from "@/components/ui/link-button";
import type { ConsoleType } from "@/lib/console/rules";

/** A machine's two consoles, side by side. */
export async function ConsoleTabs({ vmId, shown }: { vmId: string; shown: ConsoleType }) {
  const t = await getTranslations("console.tabs");
  const tabs = [
    { type: "vnc", icon: "monitor", href: `/vms/${vmId}/console` },
    { type: "serial", icon: "terminal", href: `/vms/${vmId}/console/serial` },
  ] as const;
  return (
    <nav aria-label={t("label")} className="flex gap-1">
      {tabs.map(({ type, icon, href }) => (
        <LinkButton
          key={type}
          href={href}
          size="sm"
          variant={type === shown ? "secondary" : "ghost"}
          aria-current={type === shown ? "page" : undefined}
        >
          <Icon name={icon} />
          {t(type)}
        </LinkButton>
      ))}
    </nav>
  );
}
