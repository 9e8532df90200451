import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, RowLink, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ChannelRow } from "@/lib/notifications/channels/schema";

export function ChannelTable({ channels }: { channels: readonly ChannelRow[] }) {
  const t = useTranslations("notices");
  return (
    <Table caption={t("channels.title")}>
      <TableHead>
        <HeadCell className="w-full">{t("channel.name")}</HeadCell>
        <HeadCell>{t("channel.medium")}</HeadCell>
        <HeadCell>{t("channels.state")}</HeadCell>
        <HeadCell>{t("channels.lets")}</HeadCell>
        <HeadCell>{t("channels.lastSent")}</HeadCell>
      </TableHead>
      <TableBody>
        {channels.map((channel) => (
          <ChannelTableRow key={channel.id} channel={channel} />
        ))}
      </TableBody>
    </Table>
  );
}

function ChannelTableRow({ channel }: { channel: ChannelRow }) {
  const t = useTranslations("notices");
  return (
    <TableRow>
      <TableCell className="max-w-0 py-2 max-sm:max-w-none">
        <span className="grid min-w-0">
          <RowLink href={`/admin/notices/channels/${channel.id}`}>{channel.name}</RowLink>
          <span className="block truncate font-mono text-xs text-ink-faint">{channel.addressHint}</span>
        </span>
      </TableCell>
      <TableCell label={t("channel.medium")}>
        <Badge>{t(`medium.${channel.medium}`)}</Badge>
      </TableCell>
      <TableCell label={t("channels.state")}>
        <ChannelState channel={channel} />
      </TableCell>
      <TableCell label={t("channels.lets")} className="text-ink-muted">
        {isUnfiltered(channel) ? t("channels.everything") : t("channels.filtered")}
      </TableCell>
      <TableCell label={t("channels.lastSent")} className="relative z-1 text-ink-muted">
        {channel.lastSentAt ? <TimeAgo at={channel.lastSentAt} /> : t("channels.never")}
      </TableCell>
    </TableRow>
  );
}

export function ChannelState({ channel }: { channel: ChannelRow }) {
  const t = useTranslations("notices.channels");
  if (!channel.enabled) return <StatusBadge look="plain" tone="neutral" icon="paused" label={t("off")} />;
  if (channel.failedCount > 0) {
    const label = t("failing", { count: channel.failedCount });
    return <StatusBadge look="plain" tone="danger" icon="failed" label={label} />;
  }
  return <StatusBadge look="plain" tone="success" icon="done" label={t("on")} />;
}

function isUnfiltered({ kinds, environments, systemIds }: ChannelRow): boolean {
  return kinds.length + environments.length + systemIds.length === 0;
}
