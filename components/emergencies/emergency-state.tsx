import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import type { Tone } from "@/components/ui/tones";
import type { EmergencyRow } from "@/lib/requests/emergencies/schema";

type State = "running" | "unreviewed" | "overdue" | "justified" | "unjustified";

const tones: Record<State, Tone> = {
  running: "danger",
  unreviewed: "warning",
  overdue: "danger",
  justified: "success",
  unjustified: "danger",
};

export function EmergencyState({ emergency, now }: { emergency: EmergencyRow; now: Date }) {
  const t = useTranslations("emergencies.state");
  const state = stateOf(emergency, now);
  return <Badge tone={tones[state]}>{t(state)}</Badge>;
}

function stateOf({ endedAt, verdict, reviewDueAt }: EmergencyRow, now: Date): State {
  if (verdict !== null) return verdict;
  if (endedAt === null) return "running";
  return reviewDueAt < now ? "overdue" : "unreviewed";
}
