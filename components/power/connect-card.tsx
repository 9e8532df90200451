import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { TimeAgo } from "@/components/ui/time-ago";
import type { VmConnection } from "@/lib/vms/connection/schema";
import { ConnectWays } from "./connect-ways";

/** How to reach the machine from one's own desk; without an address it says what is missing. */
export function ConnectCard({ connection }: { connection: VmConnection }) {
  const t = useTranslations("power.connect");
  const { address, observedAt } = connection;
  return (
    <Card
      title={t("title")}
      footer={
        address !== null && observedAt !== null && t.rich("seen", { age: () => <TimeAgo at={observedAt} /> })
      }
    >
      {address === null ? (
        <p className="text-sm text-ink-muted">{t("noAddress")}</p>
      ) : (
        <ConnectWays connection={connection} address={address} />
      )}
    </Card>
  );
}
