import type { VmListRow } from "../schema";

const header = [
  ...["name", "status", "system", "service", "environment", "namespace", "cluster", "ip"],
  ...["cpu_cores", "memory_gi", "disk_gb", "template", "size", "owner"],
  ...["protected", "expires_at", "status_since", "created_at", "id"],
];

/** Spreadsheets take a file for UTF-8 by its first letter alone. */
export const csvHeader = `\uFEFF${csvLine(header)}`;

export function csvOf(row: VmListRow): string {
  return csvLine([
    ...[
      row.name,
      row.status,
      row.systemName,
      row.serviceName,
      row.environment,
      row.namespace,
      row.clusterName,
    ],
    ...[row.ip ?? "", String(row.cpuCores), String(row.memoryGi), String(row.diskGb)],
    ...[row.templateName ?? "", row.sizeName ?? "", row.ownerName ?? "", row.isProtected ? "yes" : "no"],
    ...[
      row.expiresAt?.toISOString() ?? "",
      row.statusSince.toISOString(),
      row.createdAt.toISOString(),
      row.id,
    ],
  ]);
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

/** What a spreadsheet would take for a formula is made plain text by a quote before it. */
export function csvCell(text: string): string {
  const plain = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n\t']/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
