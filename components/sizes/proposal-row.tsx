"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { TableCell, TableRow } from "@/components/ui/table";
import type { ProposedSize } from "@/lib/catalog/sizes/instancetypes/schema";
import { TransferNotes } from "./transfer-notes";

type ProposalRowProps = { proposal: ProposedSize; isChosen: boolean; onToggle: (isChosen: boolean) => void };

/** One instance type and the size it would be. */
export function ProposalRow({ proposal, isChosen, onToggle }: ProposalRowProps) {
  const t = useTranslations("sizes.import");
  const { key, kind, size, exists } = proposal;
  const isOpen = size !== null && !exists;
  return (
    <TableRow>
      <TableCell className="align-top sm:py-2">
        <Checkbox
          label={<span className="font-mono text-xs font-medium break-all">{key}</span>}
          description={t(kind.includes("Cluster") ? "ofCluster" : "ofNamespace")}
          checked={isOpen && isChosen}
          disabled={!isOpen}
          onChange={({ target }) => onToggle(target.checked)}
        />
      </TableCell>
      <TableCell label={t("column.becomes")} className="align-top sm:py-2">
        <span className="grid min-w-0 justify-items-start gap-1 max-sm:justify-items-end">
          {size === null ? <Badge tone="danger">{t("notMapped")}</Badge> : <Becomes size={size} />}
          {exists && <Badge>{t("exists")}</Badge>}
        </span>
      </TableCell>
      <TableCell label={t("column.notes")} className="align-top sm:py-2 sm:whitespace-normal">
        <TransferNotes mapped={proposal.mapped} unmapped={proposal.unmapped} />
      </TableCell>
    </TableRow>
  );
}

function Becomes({ size }: { size: NonNullable<ProposedSize["size"]> }) {
  const t = useTranslations("sizes");
  const extras = [
    ...(size.gpuDevices ?? []).map(({ name, count }) => t("extras.gpu", { count, name })),
    ...(size.dedicatedCpu === true ? [t("extras.dedicated")] : []),
    ...(size.hugepagesSize == null ? [] : [t("extras.hugepages", { size: size.hugepagesSize })]),
  ];
  return (
    <span className="grid gap-1 max-sm:justify-items-end">
      <span className="tabular-nums">
        {t("import.amounts", { cpu: size.cpuCores, memory: size.memoryGi })}
      </span>
      {extras.length > 0 && (
        <span className="flex flex-wrap gap-1 max-sm:justify-end">
          {extras.map((extra) => (
            <Badge key={extra} tone="info">
              {extra}
            </Badge>
          ))}
        </span>
      )}
    </span>
  );
}
