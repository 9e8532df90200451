import { useTranslations } from "next-intl";
import { revokeTokenAction, revokeUserTokenAction } from "@/app/actions/identity";
import { Button } from "@/components/ui/button";
import { ConfirmAction } from "@/components/ui/confirm-action";

type RevokeTokenProps = { token: { id: string; name: string }; userId?: string | undefined };

export function RevokeToken({ token, userId }: RevokeTokenProps) {
  const t = useTranslations("accounts.tokens");
  return (
    <ConfirmAction
      trigger={<Button size="sm">{t("revoke")}</Button>}
      title={t("revokeTitle", { name: token.name })}
      description={t("revokeText")}
      confirmLabel={t("revoke")}
      action={userId === undefined ? revokeTokenAction : revokeUserTokenAction}
      hidden={userId === undefined ? { tokenId: token.id } : { tokenId: token.id, userId }}
      tone="danger"
      successMessage={t("revoked")}
    />
  );
}
