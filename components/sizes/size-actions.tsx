"use client";

import { useTranslations } from "next-intl";
import { deprecateSizeAction, removeSizeAction, restoreSizeAction } from "@/app/actions/sizes";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { ConfirmByName } from "@/components/ui/confirm-by-name";
import { Field } from "@/components/ui/field";
import { LinkButton } from "@/components/ui/link-button";
import { RefusedButton } from "@/components/ui/refused-button";
import { Textarea } from "@/components/ui/textarea";
import type { SizeDetail } from "@/lib/catalog/sizes/schema";

/** Everything that happens to a size as a whole. */
export function SizeActions({ size }: { size: SizeDetail }) {
  const t = useTranslations("sizes.actions");
  return (
    <>
      <LinkButton href={`/admin/sizes/new?from=${encodeURIComponent(size.id)}`}>{t("duplicate")}</LinkButton>
      {size.deprecatedAt === null ? <Deprecate size={size} /> : <Restore size={size} />}
      <Remove size={size} />
    </>
  );
}

function Deprecate({ size }: { size: SizeDetail }) {
  const t = useTranslations("sizes.actions");
  return (
    <ConfirmAction
      trigger={<Button>{t("deprecate")}</Button>}
      title={t("deprecateTitle", { name: size.displayName })}
      description={t("deprecateEffect", { vms: size.vmCount, requests: size.pendingCount })}
      confirmLabel={t("deprecate")}
      action={deprecateSizeAction}
      hidden={{ name: size.name, version: String(size.version) }}
      successMessage={t("deprecated")}
    >
      <Field name="message" label={t("message")} hint={t("messageHint")} optional>
        <Textarea rows={2} maxLength={500} />
      </Field>
    </ConfirmAction>
  );
}

function Restore({ size }: { size: SizeDetail }) {
  const t = useTranslations("sizes.actions");
  return (
    <ConfirmAction
      trigger={<Button>{t("restore")}</Button>}
      title={t("restoreTitle", { name: size.displayName })}
      description={t("restoreEffect")}
      confirmLabel={t("restore")}
      action={restoreSizeAction}
      hidden={{ name: size.name, version: String(size.version) }}
      successMessage={t("restored")}
    />
  );
}

/** While somebody uses it the button says who. */
function Remove({ size }: { size: SizeDetail }) {
  const t = useTranslations("sizes.actions");
  if (size.vmCount + size.pendingCount > 0) {
    return (
      <RefusedButton
        variant="danger-quiet"
        reason={t("inUse", { vms: size.vmCount, requests: size.pendingCount })}
      >
        {t("remove")}
      </RefusedButton>
    );
  }
  return (
    <ConfirmByName
      trigger={<Button variant="danger-quiet">{t("remove")}</Button>}
      title={t("removeTitle", { name: size.displayName })}
      description={t("removeEffect")}
      confirmLabel={t("remove")}
      action={removeSizeAction}
      name={size.name}
      hidden={{ name: size.name }}
      successMessage={t("removed")}
    />
  );
}
