"use client";

import { useTranslations } from "next-intl";
import { Checkbox } from "@/components/ui/checkbox";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { MachineRow } from "@/lib/vms/adoption/schema";
import { useRefusalText } from "./use-refusal-text";

type MachineTableProps = {
  machines: readonly MachineRow[];
  isChosen: (machine: MachineRow) => boolean;
  onChoose: (machine: MachineRow, chosen: boolean) => void;
  /** As many are chosen as one import may hold. */
  isFull: boolean;
};

export function MachineTable({ machines, isChosen, onChoose, isFull }: MachineTableProps) {
  const t = useTranslations("adoption");
  return (
    <Table caption={t("import.title")}>
      <TableHead>
        <HeadCell>{t("importColumn.machine")}</HeadCell>
        <HeadCell>{t("importColumn.namespace")}</HeadCell>
        <HeadCell>{t("importColumn.status")}</HeadCell>
        <HeadCell>{t("importColumn.size")}</HeadCell>
        <HeadCell>{t("importColumn.writtenBy")}</HeadCell>
        <HeadCell>{t("importColumn.note")}</HeadCell>
      </TableHead>
      <TableBody>
        {machines.map((machine) => (
          <TableRow key={machine.uid}>
            <TableCell>
              <Checkbox
                aria-label={t("import.choose", { name: machine.name })}
                checked={isChosen(machine)}
                disabled={!isChosen(machine) && isFull}
                onChange={(event) => onChoose(machine, event.target.checked)}
                label={<span className="font-mono text-[0.92em] break-all">{machine.name}</span>}
              />
            </TableCell>
            <TableCell label={t("importColumn.namespace")}>
              <span className="font-mono text-xs">{machine.namespace}</span>
            </TableCell>
            <TableCell label={t("importColumn.status")}>{machine.printableStatus ?? "–"}</TableCell>
            <TableCell label={t("importColumn.size")} className="text-ink-muted">
              {t("fact.sizeOf", { cpu: machine.cpuCores, memory: machine.memoryGi })}
            </TableCell>
            <TableCell label={t("importColumn.writtenBy")} className="text-ink-muted sm:max-w-48 sm:truncate">
              {machine.managers.join(", ")}
            </TableCell>
            <TableCell label={t("importColumn.note")} className="sm:max-w-72 sm:whitespace-normal">
              <MachineNote machine={machine} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function MachineNote({ machine: { obstacle, owners, forbidden, terminating } }: { machine: MachineRow }) {
  const t = useTranslations("adoption");
  const textOf = useRefusalText();
  const [owner] = owners;
  // What nobody can mend here goes before what can be.
  if (terminating) return textOf({ code: "terminating", params: {} });
  if (owner !== undefined) return textOf({ code: "owned", params: owner });
  if (forbidden.length > 0) return t("import.forbiddenCount", { count: forbidden.length });
  if (obstacle !== null) {
    const { code, ...params } = obstacle;
    return textOf({ code, params });
  }
  return <span className="text-ink-faint">–</span>;
}
