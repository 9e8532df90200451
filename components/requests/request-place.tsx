import type { RequestRow } from "@/lib/requests/schema";
import { EnvironmentBadge } from "./environment-badge";

type PlaceProps = { request: Pick<RequestRow, "systemName" | "serviceName" | "namespace" | "environment"> };

/** "shop / api"; a request for access is about the System alone. */
export function RequestService({ request: { systemName, serviceName } }: PlaceProps) {
  if (serviceName === null) return <span>{systemName}</span>;
  return (
    <span>
      <span className="text-ink-muted">{systemName}</span>
      <span className="text-ink-faint"> / </span>
      {serviceName}
    </span>
  );
}

export function RequestNamespace({ request: { namespace, environment } }: PlaceProps) {
  if (namespace === null || environment === null) return <span className="text-ink-faint">–</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <span className="font-mono text-xs">{namespace}</span>
      <EnvironmentBadge name={environment} />
    </span>
  );
}
