import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import type { ProviderDetail } from "@/lib/identity/providers/schema";

/** What the people of the other server have to enter there. */
export function AddressCard({ ours }: Pick<ProviderDetail, "ours">) {
  const t = useTranslations("providers.addresses");
  const shown = Object.entries(ours).flatMap(([name, address]) =>
    address === null ? [] : [{ name, address }],
  );
  if (shown.length === 0) return null;
  return (
    <Card title={t("title")} description={t("description")}>
      <dl className="grid min-w-0 gap-3 text-sm">
        {shown.map(({ name, address }) => (
          <div key={name} className="grid min-w-0 gap-0.5">
            <dt className="text-xs text-ink-faint">{t(name)}</dt>
            <dd className="flex min-w-0 items-start justify-between gap-2">
              <code className="min-w-0 font-mono text-xs leading-5 break-all select-all">{address}</code>
              <CopyButton text={address} className="-my-1 shrink-0" />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
