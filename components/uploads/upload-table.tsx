import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { UploadRow } from "@/lib/catalog/uploads/schema";
import { UploadActions } from "./upload-actions";
import { UploadProgress } from "./upload-progress";
import { UploadStatus } from "./upload-status";
import { useByteWords } from "./use-byte-words";

type UploadTableProps = {
  uploads: readonly UploadRow[];
  mayWrite: boolean;
  /** Whose sendings these are: only they go on with a file. */
  personId: string;
};

export function UploadTable({ uploads, mayWrite, personId }: UploadTableProps) {
  const t = useTranslations("uploads");
  return (
    <Table caption={t("list.title")}>
      <TableHead>
        <HeadCell>{t("fields.image")}</HeadCell>
        <HeadCell>{t("fields.status")}</HeadCell>
        <HeadCell>{t("fields.cluster")}</HeadCell>
        <HeadCell>{t("fields.size")}</HeadCell>
        <HeadCell>{t("fields.usedBy")}</HeadCell>
        <HeadCell>{t("fields.created")}</HeadCell>
        {mayWrite && <HeadCell aria-label={t("fields.actions")} />}
      </TableHead>
      <TableBody>
        {uploads.map((upload) => (
          <UploadLine
            key={upload.id}
            upload={upload}
            mayWrite={mayWrite}
            isOwn={upload.createdBy === personId}
          />
        ))}
      </TableBody>
    </Table>
  );
}

type UploadLineProps = { upload: UploadRow; mayWrite: boolean; isOwn: boolean };

function UploadLine({ upload, mayWrite, isOwn }: UploadLineProps) {
  const t = useTranslations("uploads");
  const { size } = useByteWords();
  return (
    <TableRow data-upload={upload.id}>
      <TableCell className="py-2 sm:max-w-72">
        <span className="block font-medium break-words sm:truncate">{upload.displayName}</span>
        <span className="block font-mono text-xs break-all text-ink-faint sm:truncate">
          {upload.fileName}
        </span>
      </TableCell>
      <TableCell label={t("fields.status")} className="py-2">
        <span className="grid min-w-0 gap-1">
          <UploadStatus upload={upload} />
          <UploadProgress upload={upload} isOwn={isOwn && mayWrite} />
        </span>
      </TableCell>
      <TableCell label={t("fields.cluster")}>
        <span>
          {upload.clusterName} <Badge>{upload.environment}</Badge>
        </span>
      </TableCell>
      <TableCell label={t("fields.size")} className="text-xs">
        <span className="grid tabular-nums">
          <span>
            {t("list.formatAndSize", { format: t(`format.${upload.format}`), size: size(upload.sizeBytes) })}
          </span>
          <span className="text-ink-faint">{t("list.disk", { gigabytes: upload.diskGb })}</span>
        </span>
      </TableCell>
      <TableCell label={t("fields.usedBy")}>
        <UsedBy templates={upload.templates} />
      </TableCell>
      <TableCell label={t("fields.created")} className="text-xs text-ink-muted">
        <span className="grid">
          <span>{upload.createdByName}</span>
          <TimeAgo at={upload.createdAt} />
        </span>
      </TableCell>
      {mayWrite && (
        <TableCell className="py-2">
          <UploadActions upload={upload} isOwn={isOwn} />
        </TableCell>
      )}
    </TableRow>
  );
}

function UsedBy({ templates }: Pick<UploadRow, "templates">) {
  const t = useTranslations("uploads");
  if (templates.length === 0) return <span className="text-ink-faint">{t("list.unused")}</span>;
  return (
    <span className="flex flex-wrap gap-x-2">
      {templates.map(({ id, name, version }) => (
        <TextLink key={id} href={`/admin/templates/${id}`}>
          {t("list.template", { name, version })}
        </TextLink>
      ))}
    </span>
  );
}
