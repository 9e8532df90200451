import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { SizeRow } from "@/lib/catalog/schema";

export function SizeTable({ sizes }: { sizes: readonly SizeRow[] }) {
  const t = useTranslations("catalog");
  return (
    <Table caption={t("sizes.title")}>
      <TableHead>
        <HeadCell>{t("sizes.column.name")}</HeadCell>
        <HeadCell>{t("sizes.column.cpu")}</HeadCell>
        <HeadCell>{t("sizes.column.memory")}</HeadCell>
        <HeadCell>{t("sizes.column.disk")}</HeadCell>
        <HeadCell>{t("sizes.column.extras")}</HeadCell>
        <HeadCell>{t("sizes.column.scope")}</HeadCell>
      </TableHead>
      <TableBody>
        {sizes.map((size) => (
          <TableRow key={size.id}>
            <TableCell>
              <span className="font-medium">{size.displayName}</span>{" "}
              <span className="font-mono text-xs text-ink-faint">{size.name}</span>{" "}
              {size.deprecatedAt !== null && <Badge tone="warning">{t("sizes.deprecated")}</Badge>}
            </TableCell>
            <TableCell label={t("sizes.column.cpu")}>{size.cpuCores}</TableCell>
            <TableCell label={t("sizes.column.memory")}>{size.memoryGi} GiB</TableCell>
            <TableCell label={t("sizes.column.disk")}>
              {t("sizes.diskRange", {
                min: size.minDiskGb,
                max: size.maxDiskGb,
                standard: size.defaultDiskGb,
              })}
            </TableCell>
            <TableCell label={t("sizes.column.extras")}>{extrasOf(size) || t("sizes.none")}</TableCell>
            <TableCell label={t("sizes.column.scope")}>{t(`scope.${size.catalogScope}`)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function extrasOf(size: SizeRow): string {
  const devices = size.gpuDevices.map(({ name, count }) => `${count} × ${name}`);
  return [...devices, ...(size.hugepagesSize === null ? [] : [`hugepages ${size.hugepagesSize}`])].join(", ");
}
