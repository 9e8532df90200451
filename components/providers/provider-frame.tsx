import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import type { ProviderDetail } from "@/lib/identity/providers/schema";
import { ProviderSwitch } from "./provider-switch";
import { RemoveProvider } from "./remove-provider";
import { StepNavigation } from "./step-navigation";
import type { ProviderStep } from "./provider-steps";
import { ProviderState, ProviderTypeBadge } from "./provider-type-badge";

/** What the reader may do; the use cases decide again. */
export type ProviderRights = Record<
  "configure" | "update" | "delete" | "sync" | "mapping_create" | "mapping_update" | "mapping_delete",
  boolean
>;

type ProviderFrameProps = {
  provider: ProviderDetail;
  may: ProviderRights;
  hasDirectory: boolean;
  step: ProviderStep;
  /** Why a try at the provider came to nothing. */
  error?: string | undefined;
  children: ReactNode;
};

/** The head of every page about one provider, and the way through them. */
export function ProviderFrame({ provider, may, hasDirectory, step, error, children }: ProviderFrameProps) {
  const t = useTranslations("providers");
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/admin/identity" }, { label: provider.name }]}
        title={provider.name}
        badges={
          <>
            <ProviderTypeBadge type={provider.authType} />
            <ProviderState provider={provider} />
          </>
        }
        actions={
          <>
            {may.delete && <RemoveProvider provider={provider} />}
            {may.update && <ProviderSwitch provider={provider} />}
          </>
        }
      />
      <StepNavigation provider={provider} hasDirectory={hasDirectory} current={step} />
      {error && (
        <Callout tone="danger" role="alert" title={t("frame.tryFailed")}>
          {t(error === "PROVIDER_UNAVAILABLE" ? "frame.tryUnavailable" : "frame.tryRefused")}
        </Callout>
      )}
      {children}
    </div>
  );
}
