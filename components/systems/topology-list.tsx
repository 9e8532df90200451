import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { VmStatus } from "@/components/vms/vm-status";
import type { TopologyService } from "@/lib/vms/topology/schema";

/** The same as the picture, to be read from top to bottom. */
export function TopologyList({ services }: { services: readonly TopologyService[] }) {
  const t = useTranslations("systems.topology");
  return (
    <ul className="grid items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
      {services.map((service) => (
        <li key={service.id} className="min-w-0">
          <Card title={<TextLink href={`/services/${service.id}`}>{service.name}</TextLink>}>
            {service.vms.length === 0 ? (
              <p className="text-sm text-ink-muted">{t("noVms")}</p>
            ) : (
              <ul className="grid gap-1.5">
                {service.vms.map((vm) => (
                  <li key={vm.id} className="flex min-w-0 items-center justify-between gap-3 text-sm">
                    <TextLink href={`/vms/${vm.id}`} className="min-w-0 truncate font-mono text-[0.92em]">
                      {vm.name}
                    </TextLink>
                    <VmStatus status={vm.status} look="plain" />
                  </li>
                ))}
              </ul>
            )}
            {service.moreVms > 0 && (
              <p className="mt-2 text-sm">
                <TextLink href={`/services/${service.id}`}>{t("more", { count: service.moreVms })}</TextLink>
              </p>
            )}
          </Card>
        </li>
      ))}
    </ul>
  );
}
