import { RowLink } from "@/components/ui/table";
import { useOperationName } from "./policy-words";

interface RequestCellProps {
  ticketId: string;
  operation: string;
  systemName: string;
  resourceName: string | null;
  environment: string | null;
}

/** Which request a row is about, and where. */
export function RequestCell({
  ticketId,
  operation,
  systemName,
  resourceName,
  environment,
}: RequestCellProps) {
  const nameOf = useOperationName();
  const place = [systemName, resourceName, environment].filter((word) => word !== null);
  return (
    <span className="grid gap-0.5">
      <RowLink href={`/requests/${ticketId}`}>{nameOf(operation)}</RowLink>
      <span className="text-xs break-words text-ink-faint">{place.join(" · ")}</span>
    </span>
  );
}
