import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { StatusBadge } from "@/components/ui/status-badge";
import { HeadCell, Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { EditRecording, RecordingWords } from "@/components/recordings/environment-recording";
import { EditLifetime, LifetimeWords } from "@/components/lifetimes/environment-lifetime";
import type { EnvironmentRecording } from "@/lib/console/recordings/schema";
import type { EnvironmentLifetime } from "@/lib/requests/lifetimes/schema";
import type { EnvironmentUseRow } from "@/lib/access/environments/schema";
import { DeleteEnvironment, EditEnvironment } from "./environment-dialogs";

type EnvironmentTableProps = {
  environments: readonly EnvironmentUseRow[];
  lifetimes: readonly EnvironmentLifetime[];
  recordings: readonly EnvironmentRecording[];
};

export function EnvironmentTable({ environments, lifetimes, recordings }: EnvironmentTableProps) {
  const t = useTranslations("access.environments");
  const words = useTranslations("lifetimes.environment");
  const recorded = useTranslations("recordings.environment");
  return (
    <Table caption={t("title")}>
      <TableHead>
        <HeadCell>{t("displayName")}</HeadCell>
        <HeadCell>{t("class")}</HeadCell>
        <HeadCell className="w-full">{t("describe")}</HeadCell>
        <HeadCell>{t("use")}</HeadCell>
        <HeadCell>{words("label")}</HeadCell>
        <HeadCell>{recorded("label")}</HeadCell>
        <HeadCell className="text-right">{t("order")}</HeadCell>
        <HeadCell>
          <span className="sr-only">{t("actions")}</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {environments.map((environment) => (
          <EnvironmentRow
            key={environment.name}
            environment={environment}
            limits={lifetimes.find((one) => one.environment === environment.name)}
            rule={recordings.find((one) => one.environment === environment.name)}
          />
        ))}
      </TableBody>
    </Table>
  );
}

type EnvironmentRowProps = {
  environment: EnvironmentUseRow;
  limits: EnvironmentLifetime | undefined;
  rule: EnvironmentRecording | undefined;
};

function EnvironmentRow({ environment, limits, rule }: EnvironmentRowProps) {
  const t = useTranslations("access.environments");
  const words = useTranslations("lifetimes.environment");
  const recorded = useTranslations("recordings.environment");
  return (
    <TableRow>
      <TableCell className="py-2">
        <span className="grid">
          <span className="font-medium">{environment.displayName}</span>
          <span className="font-mono text-xs text-ink-faint">{environment.name}</span>
        </span>
      </TableCell>
      <TableCell label={t("class")}>
        <span className="flex flex-wrap gap-1">
          <EnvironmentClassBadge name={environment.class} />
          {environment.selfApproval && <Badge tone="warning">{t("selfApproved")}</Badge>}
        </span>
      </TableCell>
      <TableCell label={t("describe")} className="text-ink-muted sm:whitespace-normal">
        {environment.description || "–"}
      </TableCell>
      <TableCell label={t("use")} className="py-2">
        <EnvironmentUse environment={environment} />
      </TableCell>
      <TableCell label={words("label")} className="py-2">
        <LifetimeWords limits={limits} />
      </TableCell>
      <TableCell label={recorded("label")} className="py-2">
        <RecordingWords rule={rule} />
      </TableCell>
      <TableCell label={t("order")} numeric>
        {environment.sortOrder}
      </TableCell>
      <TableCell>
        <span className="flex gap-1 max-sm:-ml-2.5 sm:justify-end">
          <EditLifetime environment={environment} limits={limits} />
          <EditRecording environment={environment} rule={rule} />
          <EditEnvironment environment={environment} />
          <DeleteEnvironment environment={environment} />
        </span>
      </TableCell>
    </TableRow>
  );
}

export function EnvironmentClassBadge({ name }: { name: EnvironmentUseRow["class"] }) {
  const t = useTranslations("access.environments");
  return name === "prod" ? (
    <StatusBadge tone="warning" icon="shield-check" label={t("classProd")} />
  ) : (
    <StatusBadge tone="neutral" icon="wrench" label={t("classTest")} />
  );
}

/** What stands in it, so that nobody wonders why it cannot go. */
function EnvironmentUse({ environment }: { environment: EnvironmentUseRow }) {
  const t = useTranslations("access.environments");
  const uses = [
    { count: environment.namespaceCount, text: t("namespaces", { count: environment.namespaceCount }) },
    { count: environment.clusterCount, text: t("clusters", { count: environment.clusterCount }) },
    { count: environment.bindingCount, text: t("bindings", { count: environment.bindingCount }) },
    { count: environment.mappingCount, text: t("mappings", { count: environment.mappingCount }) },
    { count: environment.tokenCount, text: t("tokens", { count: environment.tokenCount }) },
  ].filter(({ count }) => count > 0);
  if (uses.length === 0) return <span className="text-ink-faint">{t("unused")}</span>;
  return (
    <ul className="grid text-xs text-ink-muted">
      {uses.map(({ text }) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
