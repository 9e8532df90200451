import { Badge } from "@/components/ui/badge";

/** An environment's name; its class is told where it matters, because a colour alone would have to be learned. */
export function EnvironmentBadge({ name }: { name: string }) {
  return <Badge>{name}</Badge>;
}
