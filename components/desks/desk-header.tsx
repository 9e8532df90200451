import { useTranslations } from "next-intl";
import { deleteDeskAction, enableDeskAction } from "@/app/actions/desks";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { ConfirmByName } from "@/components/ui/confirm-by-name";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { DeskDetail } from "@/lib/requests/desks/schema";
import { DeskState, DeskTypeBadge } from "./desk-badges";

const parts = ["settings", "log"] as const;
type Part = (typeof parts)[number];

/** The head of both pages about one desk. */
export function DeskHeader({ desk, part }: { desk: DeskDetail; part: Part }) {
  const t = useTranslations("desks");
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/admin/desks" }, { label: desk.name }]}
        title={desk.name}
        badges={
          <>
            <DeskTypeBadge type={desk.type} />
            <DeskState enabled={desk.enabled} />
          </>
        }
        actions={
          <>
            <RemoveDesk desk={desk} />
            <DeskSwitch desk={desk} />
          </>
        }
      />
      <nav aria-label={t("parts.label")} className="mb-5 flex gap-1 overflow-x-auto border-b">
        {parts.map((one) => (
          <Link
            key={one}
            href={`/admin/desks/${desk.id}${one === "log" ? "/deliveries" : ""}`}
            aria-current={one === part ? "page" : undefined}
            className={cn(
              "-mb-px inline-flex h-9 items-center border-b-2 px-3 text-sm font-medium whitespace-nowrap pointer-coarse:h-11",
              one === part
                ? "border-accent-ink text-ink"
                : "border-transparent text-ink-muted hover:border-line hover:text-ink",
            )}
          >
            {t(`parts.${one}`)}
          </Link>
        ))}
      </nav>
    </>
  );
}

function DeskSwitch({ desk }: { desk: DeskDetail }) {
  const t = useTranslations("desks.switch");
  const { id, name, enabled, waitingCount } = desk;
  return (
    <ConfirmAction
      trigger={
        <Button variant={enabled ? "secondary" : "primary"}>{t(enabled ? "turnOff" : "turnOn")}</Button>
      }
      title={t(enabled ? "offTitle" : "onTitle", { name })}
      description={enabled ? t("offText", { count: waitingCount }) : t("onText")}
      confirmLabel={t(enabled ? "turnOff" : "turnOn")}
      action={enableDeskAction}
      hidden={{ deskId: id, enabled: String(!enabled) }}
      successMessage={t(enabled ? "isOff" : "isOn")}
      tone={enabled ? "danger" : "primary"}
    />
  );
}

function RemoveDesk({ desk }: { desk: DeskDetail }) {
  const t = useTranslations("desks.remove");
  return (
    <ConfirmByName
      trigger={<Button variant="danger-quiet">{t("button")}</Button>}
      title={t("title", { name: desk.name })}
      description={t("text", { count: desk.waitingCount })}
      confirmLabel={t("button")}
      name={desk.name}
      action={deleteDeskAction}
      hidden={{ deskId: desk.id }}
    />
  );
}
