import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { Description, DescriptionList } from "./description-list";
import { Icon } from "./icon";
import { QuotedCode } from "./quoted-code";

type ForbiddenStateProps = {
  /** The permission that is missing, as it is named on the role pages. */
  permission: string;
  /** Why, where it is not simply the permission. */
  explanation?: ReactNode;
  /** The permission in words, with more about what is missing. */
  missing?: ReactNode;
  /** On what: a system, a cluster, the whole platform. */
  scope?: ReactNode;
  /** People or groups who can give it. */
  ask?: ReactNode;
  requestId?: string | undefined;
  action?: ReactNode;
  className?: string | undefined;
};

export function ForbiddenState({ permission, requestId, action, className, ...told }: ForbiddenStateProps) {
  const t = useTranslations("ui");
  return (
    <div
      className={cn(
        "mx-auto grid w-full max-w-lg justify-items-center gap-1 px-4 py-12 text-center",
        className,
      )}
    >
      <span className="mb-2 grid size-10 place-items-center rounded-full border bg-sunken text-ink-muted">
        <Icon name="lock" className="size-5" />
      </span>
      <h1 className="text-lg font-semibold">{t("forbidden.title")}</h1>
      <p className="text-sm text-pretty text-ink-muted">{told.explanation ?? t("forbidden.explanation")}</p>
      <DescriptionList className="my-4 w-full rounded-lg border bg-surface p-4 text-left">
        <Description term={t("forbidden.permission")}>
          {told.missing}
          <code className="block font-mono text-xs text-ink-muted">{permission}</code>
        </Description>
        <Description term={t("forbidden.scope")}>{told.scope ?? t("forbidden.everywhere")}</Description>
        <Description term={t("forbidden.ask")}>{told.ask ?? t("forbidden.administrator")}</Description>
      </DescriptionList>
      <QuotedCode requestId={requestId} className="justify-center" />
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
