import type { ReactNode } from "react";
import { PartMessages } from "@/components/shell/part-messages";

export default function CalendarLayout({ children }: { children: ReactNode }) {
  return <PartMessages part="app/(portal)/calendar">{children}</PartMessages>;
}
