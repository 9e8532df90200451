import { useTranslations } from "next-intl";

type SourceProps = { account: { authType: string; providerName?: string | null } };

/** Where an account's name and password are kept. */
export function AccountSource({ account }: SourceProps) {
  return useAccountSource()(account);
}

export function useAccountSource() {
  const t = useTranslations("accounts.source");
  return ({ authType, providerName }: SourceProps["account"]) => {
    const kind = t.has(authType) ? t(authType) : authType;
    return providerName ? `${providerName} (${kind})` : kind;
  };
}
